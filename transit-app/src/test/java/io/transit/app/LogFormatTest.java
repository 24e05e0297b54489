package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    @Test
    void a_record_is_one_line() {
        assertThat(format("transfer bk7q… completed", null))
                .isEqualTo("2026-03-01T12:00:00.250Z INFO io.transit.transfers: transfer bk7q… completed"
                        + System.lineSeparator());
    }

    @Test
    void a_message_cannot_begin_a_line_of_its_own() {
        assertThat(format("name\r\n2026 INFO forged", null).lines()).hasSize(1);
    }

    @Test
    void an_io_error_stays_on_the_line() {
        var thrown = new UncheckedIOException("no start", new IOException("in use\nforged"));
        assertThat(format("failed", thrown).lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                ": java.io.UncheckedIOException: no start: java.io.IOException: in use\\u000aforged"));
    }

    @Test
    void a_fault_of_the_program_brings_its_stack_trace() {
        var thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));
        assertThat(format("failed", thrown).lines())
                .anyMatch(line -> line.equals("  java.lang.IllegalStateException"))
                .anyMatch(line -> line.equals("  java.lang.IllegalArgumentException"))
                .anyMatch(line -> line.startsWith("    at ") && line.contains("LogFormatTest"));
    }

    private static String format(String message, @Nullable Throwable thrown) {
        var logged = new LogRecord(Level.INFO, message);
        logged.setLoggerName("io.transit.transfers");
        logged.setInstant(Instant.parse("2026-03-01T12:00:00.250Z"));
        logged.setThrown(thrown);
        return new LogFormat().format(logged);
    }
}
