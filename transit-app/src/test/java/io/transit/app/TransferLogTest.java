package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.FileMetadata;
import io.transit.core.InterruptReason;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TransferLogTest {
    private static final Duration ELAPSED = Duration.ofMillis(2_500);

    @Test
    void a_completed_transfer_is_one_line() {
        assertThat(line(new TransferState.Completed(5), file("plan.txt", OptionalLong.of(5))))
                .isEqualTo("transfer bk7q… completed reason=- bytes=5 size=5 seconds=2.500");
    }

    @Test
    void an_interrupted_transfer_tells_the_reason_and_how_far_it_came() {
        assertThat(line(
                        new TransferState.Interrupted(3, InterruptReason.RECEIVER_LEFT),
                        file("plan.txt", OptionalLong.empty())))
                .isEqualTo("transfer bk7q… interrupted reason=RECEIVER_LEFT bytes=3 size=- seconds=2.500");
    }

    @Test
    void the_size_is_that_of_all_files_if_every_one_is_known() {
        FileMetadata known = file("a", OptionalLong.of(5));
        FileMetadata unknown = file("b", OptionalLong.empty());
        assertThat(line(new TransferState.Completed(10), known, known)).contains(" size=10 ");
        assertThat(line(new TransferState.Completed(10), known, unknown)).contains(" size=- ");
    }

    @Test
    void a_line_holds_neither_the_name_nor_the_id() {
        assertThat(line(new TransferState.Completed(5), file("secret.txt", OptionalLong.of(5))))
                .doesNotContain("secret", "x2mn");
    }

    private static FileMetadata file(String name, OptionalLong size) {
        return FileMetadata.of(name, size, FileMetadata.UNKNOWN_TYPE);
    }

    private static String line(TransferState state, FileMetadata... files) {
        var id = new TransferId("bk7q-x2mn-4hta-9wrd");
        List<FileMetadata> list = Arrays.asList(files);
        return TransferLog.line(new TransferStatus(id, state, list, Optional.empty(), Optional.empty()), ELAPSED);
    }
}
