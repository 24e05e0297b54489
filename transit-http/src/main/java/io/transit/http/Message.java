package io.transit.http;

import java.nio.ByteBuffer;

/** What a client says that may say either: words at any time, and between them payload. */
sealed interface Message {
    /**
     * A text message.
     *
     * @param text all of it
     */
    record Words(String text) implements Message {}

    /**
     * A run of a binary message. Where that ends means nothing.
     *
     * @param bytes valid until the next message is taken
     */
    record Run(ByteBuffer bytes) implements Message {}
}
