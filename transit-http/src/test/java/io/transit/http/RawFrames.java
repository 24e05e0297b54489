package io.transit.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Frames as a client writes them, masked with keys of its own. Made by other code than what is tested. */
final class RawFrames {
    private static final int LAST = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Random random;

    RawFrames(Random random) {
        this.random = random;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Adds a frame whose first byte is that. */
    RawFrames add(int first, byte[] payload) {
        int key = random.nextInt();
        bytes.writeBytes(head(first, payload.length, key));
        for (int i = 0; i < payload.length; i++) {
            bytes.write(payload[i] ^ (key >>> (24 - i % 4 * 8)));
        }
        return this;
    }

    /** Returns the head of a frame, in the shortest form that its length has. */
    static byte[] head(int first, long length, int key) {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
        if (length < 126) {
            head.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            head.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            head.put((byte) (0x80 | 127)).putLong(length);
        }
        head.putInt(key).flip();
        byte[] written = new byte[head.remaining()];
        head.get(written);
        return written;
    }

    /** Adds a message in fragments, perhaps with pings and pongs between them; returns what it means. */
    String addRandomMessage() {
        boolean text = random.nextInt(4) == 0;
        byte[] payload = new byte[random.nextInt(random.nextBoolean() ? 5 : 700)];
        random.nextBytes(payload);
        var controls = new StringBuilder();
        int opcode = text ? 1 : 2;
        int from = 0;
        while (random.nextInt(3) > 0) {
            int length = random.nextInt(payload.length - from + 1);
            add(opcode, slice(payload, from, length));
            from += length;
            opcode = 0;
            controls.append(randomControl());
        }
        add(LAST | opcode, slice(payload, from, payload.length - from));
        return controls + (text ? "T" : "B") + HexFormat.of().formatHex(payload);
    }

    private String randomControl() {
        byte[] payload = new byte[random.nextInt(126)];
        random.nextBytes(payload);
        return switch (random.nextInt(3)) {
            case 0 -> {
                add(LAST | 9, payload);
                yield "P" + HexFormat.of().formatHex(payload) + " ";
            }
            case 1 -> {
                add(LAST | 10, payload);
                yield "O ";
            }
            default -> "";
        };
    }

    private static byte[] slice(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }
}
