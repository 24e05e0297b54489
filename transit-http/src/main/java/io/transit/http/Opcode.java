package io.transit.http;

import java.util.Optional;
import java.util.stream.Stream;

/** What a frame is (RFC 6455 section 5.2). */
enum Opcode {
    CONTINUATION(0),
    TEXT(1),
    BINARY(2),
    CLOSE(8),
    PING(9),
    PONG(10);

    private final int number;

    Opcode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    boolean isControl() {
        return number >= CLOSE.number;
    }

    /** Returns the opcode of that number, or empty if it is reserved. */
    static Optional<Opcode> of(int number) {
        return Stream.of(values()).filter(opcode -> opcode.number == number).findFirst();
    }
}
