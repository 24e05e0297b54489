package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.function.IntUnaryOperator;

/** Says what a client's frames are, in the words of {@code frames.csv}. */
final class FrameMeaning {
    private final StringJoiner words = new StringJoiner(" ");
    private final StringBuilder message = new StringBuilder();

    private FrameMeaning() {}

    /** Decodes frames that arrive in such pieces. */
    static String of(byte[] wire, IntUnaryOperator pieces, long maxText) {
        var decoder = new FrameDecoder(maxText);
        var meaning = new FrameMeaning();
        try {
            int length;
            for (int at = 0; at < wire.length; at += length) {
                length = pieces.applyAsInt(wire.length - at);
                // Direct, and nothing but what arrived can be seen.
                ByteBuffer piece = ByteBuffer.allocateDirect(length)
                        .put(Arrays.copyOfRange(wire, at, at + length))
                        .flip();
                for (var next = decoder.decode(piece); next.isPresent(); next = decoder.decode(piece)) {
                    meaning.add(next.get());
                }
                assertThat(piece.hasRemaining()).isFalse();
            }
        } catch (WebSocketException e) {
            meaning.words.add(String.valueOf(e.code().number()));
        }
        return meaning.words.toString();
    }

    private void add(Incoming incoming) {
        switch (incoming) {
            case Incoming.Payload payload -> {
                assertThat(payload.begins()).isEqualTo(message.isEmpty());
                message.append(payload.begins() ? (payload.isText() ? "T" : "B") : "")
                        .append(hex(payload.run()));
                if (payload.ends()) {
                    words.add(message);
                    message.setLength(0);
                }
            }
            case Incoming.Ping(ByteBuffer payload) -> words.add("P" + hex(payload));
            case Incoming.Pong pong -> words.add("O");
            case Incoming.Close(OptionalInt code) -> words.add("C" + (code.isPresent() ? code.getAsInt() : ""));
        }
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
