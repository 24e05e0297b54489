package io.transit.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The TCP sockets of this machine, as the kernel lists them. */
record TcpSockets(List<Socket> sockets) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int LISTEN = 0x0a;
    private static final int HEX = 16;

    /**
     * One of them.
     *
     * @param queued what it holds, in bytes: sent and not acknowledged, or received and not read
     */
    record Socket(int localPort, int remotePort, int state, long queued) {}

    static TcpSockets now() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String name : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(name))) {
                lines.addAll(Files.readAllLines(Path.of(name)));
            }
        }
        return of(lines);
    }

    /** Reads the table; lines that tell of no socket are its heads. */
    static TcpSockets of(List<String> lines) {
        return new TcpSockets(lines.stream()
                .map(line -> BLANKS.split(line.strip()))
                .filter(fields -> fields[0].endsWith(":"))
                .map(fields -> {
                    String[] queues = fields[4].split(":", -1);
                    return new Socket(
                            port(fields[1]),
                            port(fields[2]),
                            Integer.parseInt(fields[3], HEX),
                            Long.parseLong(queues[0], HEX) + Long.parseLong(queues[1], HEX));
                })
                .toList());
    }

    boolean isListening(int port) {
        return sockets.stream().anyMatch(socket -> socket.state() == LISTEN && socket.localPort() == port);
    }

    /** Returns what the kernel holds of a connection, at both of its ends, in bytes. */
    long queued(int port) {
        return sockets.stream()
                .filter(socket -> socket.state() != LISTEN)
                .filter(socket -> socket.localPort() == port || socket.remotePort() == port)
                .mapToLong(Socket::queued)
                .sum();
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), HEX);
    }
}
