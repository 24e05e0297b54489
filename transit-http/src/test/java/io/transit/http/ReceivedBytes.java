package io.transit.http;

import io.transit.core.Frame;
import io.transit.core.Receiver;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a receiver within the process takes. */
final class ReceivedBytes {
    private ReceivedBytes() {}

    /** Takes at least so many bytes, unless it ends before. */
    static byte[] take(Receiver receiver, int count) throws InterruptedException {
        var taken = new ByteArrayOutputStream();
        while (taken.size() < count && receiver.receive() instanceof Frame.Data(ByteBuffer payload)) {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            taken.writeBytes(bytes);
        }
        return taken.toByteArray();
    }

    /** Takes all, and says that it has; what does not come to a good end fails. */
    static byte[] rest(Receiver receiver) throws InterruptedException {
        var taken = new ByteArrayOutputStream();
        try (receiver) {
            while (true) {
                switch (receiver.receive()) {
                    case Frame.Data(ByteBuffer payload) -> {
                        byte[] bytes = new byte[payload.remaining()];
                        payload.get(bytes);
                        taken.writeBytes(bytes);
                    }
                    case Frame.Done done -> {
                        receiver.complete();
                        return taken.toByteArray();
                    }
                    case Frame.Interrupt(var reason) -> throw new AssertionError("interrupted: " + reason);
                }
            }
        }
    }

    static String all(Receiver receiver) throws InterruptedException {
        return new String(rest(receiver), StandardCharsets.ISO_8859_1);
    }

    static long count(Receiver receiver) throws InterruptedException {
        return rest(receiver).length;
    }
}
