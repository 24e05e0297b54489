package io.transit.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux tells of a process and of those that it started. */
final class Processes {
    /** Of a second, in which CPU time is counted ({@code USER_HZ}), on every machine that Java runs on. */
    private static final double TICKS = 100;

    /** Where user time, system time, and both of the children that have ended stand behind the name. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    private Processes() {}

    /** Returns the CPU time that they have used so far, in seconds. */
    static double cpuSeconds(ProcessHandle root) {
        return tree(root).mapToDouble(pid -> cpuSeconds(read(pid, "stat"))).sum();
    }

    /** Returns the memory that they hold now, in bytes. */
    static long residentBytes(ProcessHandle root) {
        return tree(root).mapToLong(pid -> residentBytes(read(pid, "status"))).sum();
    }

    /** Reads {@code /proc/PID/stat}; the name in it may have blanks and parentheses. */
    static double cpuSeconds(String stat) {
        if (stat.isEmpty()) {
            return 0;
        }
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return fields.subList(FIRST_TIME, FIRST_TIME + TIMES).stream()
                        .mapToLong(Long::parseLong)
                        .sum()
                / TICKS;
    }

    /** Reads {@code /proc/PID/status}. */
    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    private static Stream<Long> tree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants()).map(ProcessHandle::pid);
    }

    /** One that has ended by now has nothing to tell. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            return "";
        }
    }
}
