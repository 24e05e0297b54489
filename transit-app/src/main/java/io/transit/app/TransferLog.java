package io.transit.app;

import io.transit.core.FileMetadata;
import io.transit.core.TransferListener;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Writes one line per transfer, at its end. Who reads the log cannot receive with it, nor learn what was sent: ids are
 * shortened, names left out.
 */
final class TransferLog implements TransferListener {
    private static final System.Logger LOG = System.getLogger("io.transit.transfers");

    @Override
    public void ended(TransferStatus status, Duration elapsed) {
        LOG.log(Level.INFO, () -> line(status, elapsed));
    }

    /** The bytes are those that the receiver has taken; the size is what was declared, or {@code -}. */
    static String line(TransferStatus status, Duration elapsed) {
        OptionalLong size = size(status.files());
        return String.format(
                Locale.ROOT,
                "transfer %s %s size=%s seconds=%.3f",
                status.id().shortened(),
                outcome(status.state()),
                size.isPresent() ? size.getAsLong() : "-",
                elapsed.toMillis() / 1000.0);
    }

    private static String outcome(TransferState state) {
        return switch (state) {
            case TransferState.Completed(long bytes) -> "completed reason=- bytes=" + bytes;
            case TransferState.Interrupted(long bytes, var reason) ->
                "interrupted reason=" + reason + " bytes=" + bytes;
            case TransferState.Offered open -> throw notOver(open);
            case TransferState.Streaming open -> throw notOver(open);
            case TransferState.Paused open -> throw notOver(open);
        };
    }

    private static IllegalStateException notOver(TransferState state) {
        return new IllegalStateException("a transfer that has ended cannot be " + state);
    }

    private static OptionalLong size(List<FileMetadata> files) {
        return files.stream().allMatch(file -> file.size().isPresent())
                ? OptionalLong.of(
                        files.stream().mapToLong(file -> file.size().orElse(0)).sum())
                : OptionalLong.empty();
    }
}
