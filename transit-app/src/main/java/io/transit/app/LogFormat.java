package io.transit.app;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line per record: time in UTC, level, logger, message. What a stranger may have put into a message cannot break
 * the line. An I/O error is the world's doing and stays on it; any other throwable is a fault of the program, whose
 * stack trace follows.
 */
public final class LogFormat extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Called by java.util.logging, which logging.properties tells of this class. */
    public LogFormat() {}

    @Override
    public String format(LogRecord logged) {
        var line = new StringBuilder()
                .append(TIME.format(logged.getInstant()))
                .append(' ')
                .append(logged.getLevel().getName())
                .append(' ')
                .append(logged.getLoggerName())
                .append(": ")
                .append(OneLine.of(formatMessage(logged)));
        List<Throwable> thrown = chain(logged.getThrown());
        thrown.forEach(cause -> line.append(": ").append(OneLine.of(cause.toString())));
        line.append(System.lineSeparator());
        if (thrown.stream().noneMatch(IOException.class::isInstance)) {
            thrown.forEach(cause -> appendFrames(line, cause));
        }
        return line.toString();
    }

    private static List<Throwable> chain(@Nullable Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    private static void appendFrames(StringBuilder lines, Throwable cause) {
        lines.append("  ").append(cause.getClass().getName()).append(System.lineSeparator());
        for (StackTraceElement frame : cause.getStackTrace()) {
            lines.append("    at ").append(frame).append(System.lineSeparator());
        }
    }
}
