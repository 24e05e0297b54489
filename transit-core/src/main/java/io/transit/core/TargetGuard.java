package io.transit.core;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that nobody stays in the target of a transfer that is cut short: what was in flight then has some time to be
 * taken, after which the target is closed. May be used by any thread.
 */
final class TargetGuard {
    private static final System.Logger LOG = System.getLogger(TargetGuard.class.getName());

    /** What is in flight may still reach a target that is slow. */
    private static final long LAST_BYTES_SECONDS = 5;

    private @Nullable WritableByteChannel target;

    private TargetGuard(WritableByteChannel target) {
        this.target = target;
    }

    /** Guards a target until that {@linkplain #leave() is left}. */
    static TargetGuard of(WritableByteChannel target, CompletionStage<TransferState.Final> whenOver) {
        var guard = new TargetGuard(target);
        whenOver.thenAccept(how -> {
            if (how instanceof TransferState.Interrupted) {
                CompletableFuture.delayedExecutor(LAST_BYTES_SECONDS, TimeUnit.SECONDS)
                        .execute(guard::close);
            }
        });
        return guard;
    }

    /** Closes the target now, because nobody waits for what is in flight. */
    synchronized void close() {
        WritableByteChannel guarded = target;
        if (guarded != null) {
            try {
                guarded.close();
            } catch (IOException e) {
                // Whoever writes to it will see what is wrong with it.
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "the target of a transfer that was cut short could not be closed",
                        e);
            }
        }
    }

    /** The target is its owner's again. */
    synchronized void leave() {
        target = null;
    }
}
