package io.transit.http;

import java.io.ByteArrayOutputStream;

/** Numbers and other bytes, one behind the other; of each number the lowest byte comes first. */
final class LittleEndian {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private LittleEndian number(long number, int size) {
        for (int i = 0; i < size; i++) {
            bytes.write((int) (number >> (8 * i)));
        }
        return this;
    }

    LittleEndian in2(long number) {
        return number(number, 2);
    }

    LittleEndian in4(long number) {
        return number(number, 4);
    }

    LittleEndian in8(long number) {
        return number(number, 8);
    }

    LittleEndian add(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }
}
