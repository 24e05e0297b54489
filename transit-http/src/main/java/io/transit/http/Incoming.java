package io.transit.http;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** What comes from a WebSocket client, taken out of its frames. */
sealed interface Incoming {
    /**
     * A run of a message's payload. A message is one or more of them; an empty message is one without bytes.
     *
     * @param isText whether the message is text; otherwise it is binary
     * @param run the bytes, a view of what was decoded
     * @param begins whether it is the first of its message
     * @param ends whether it is the last of its message
     */
    record Payload(boolean isText, ByteBuffer run, boolean begins, boolean ends) implements Incoming {}

    /**
     * Wants an answer.
     *
     * @param payload what the answer must carry
     */
    record Ping(ByteBuffer payload) implements Incoming {}

    /** An answer, or a sign of life. */
    record Pong() implements Incoming {}

    /**
     * Nothing will follow.
     *
     * @param code why, if the client said so
     */
    record Close(OptionalInt code) implements Incoming {}
}
