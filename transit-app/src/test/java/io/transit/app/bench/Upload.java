package io.transit.app.bench;

import java.io.IOException;

/** How a sender's bytes go over its connection. */
interface Upload {
    /** The most bytes of a file that are written at once. */
    int RUN = 256 << 10;

    /** Says that there is a file, and nothing more. */
    void offer(Wire wire, String path, Transfer transfer) throws IOException;

    /** Sends it, and returns once the relay has said that all is well. */
    void send(Wire wire, Transfer transfer) throws IOException;

    /** Reads the answer up to its end. */
    static void requireSuccess(Wire wire) throws IOException {
        Head head = wire.head();
        while (head.second().equals("100")) {
            head = wire.head();
        }
        if (!head.second().equals("200")) {
            throw new IOException("the sender was answered " + head.first());
        }
        if (head.length().isPresent()) {
            wire.require(head.length().get().intValue());
        } else {
            requireSuccessAtEnd(wire);
        }
    }

    /** An answer that had begun before it was known how it ends. */
    private static void requireSuccessAtEnd(Wire wire) throws IOException {
        var last = new StringBuilder();
        for (String line = wire.until("\n"); !line.isEmpty(); line = wire.until("\n")) {
            last.append(line);
        }
        if (!last.toString().contains("uccessful")) {
            throw new IOException("the sender was told " + last);
        }
    }
}
