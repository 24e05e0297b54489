package io.transit.core.contract;

import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** All that came out of a receiver, up to its final frame. */
record Delivery(ByteArrayOutputStream payload, Frame last) {
    /** Where frames come out, of whichever kind. */
    @FunctionalInterface
    interface Source {
        Frame receive() throws InterruptedException;
    }

    /** Takes frame after frame until the final one. */
    static Delivery of(Source source) throws InterruptedException {
        var payload = new ByteArrayOutputStream();
        while (true) {
            Frame frame = source.receive();
            if (!(frame instanceof Frame.Data(ByteBuffer bytes))) {
                return new Delivery(payload, frame);
            }
            payload.writeBytes(copy(bytes));
        }
    }

    /** Takes at least so many bytes, and no frame more than that needs. */
    static byte[] atLeast(int length, Source source) throws InterruptedException {
        var payload = new ByteArrayOutputStream();
        while (payload.size() < length) {
            switch (source.receive()) {
                case Frame.Data(ByteBuffer bytes) -> payload.writeBytes(copy(bytes));
                case Frame.Done done -> throw new AssertionError("done after " + payload.size());
                case Frame.Interrupt cut -> throw new AssertionError(cut + " after " + payload.size());
            }
        }
        return payload.toByteArray();
    }

    static byte[] copy(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }

    byte[] bytes() {
        return payload.toByteArray();
    }

    String text() {
        return payload.toString(StandardCharsets.UTF_8);
    }

    String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    Frame.Done done() {
        return switch (last) {
            case Frame.Done done -> done;
            case Frame.Data data -> throw new AssertionError("not final: " + data);
            case Frame.Interrupt cut -> throw new AssertionError("not whole: " + cut + " after " + payload.size());
        };
    }

    Optional<InterruptReason> reason() {
        return last instanceof Frame.Interrupt(InterruptReason reason) ? Optional.of(reason) : Optional.empty();
    }
}
