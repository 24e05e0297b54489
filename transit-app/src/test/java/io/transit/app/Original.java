package io.transit.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** A file to send: noise, so that no part of it can be taken for another. */
final class Original {
    private final Path path;
    private final byte[] bytes;

    private Original(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    static Original create(Path path, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return new Original(Files.write(path, bytes), bytes);
    }

    Path path() {
        return path;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return bytes.length;
    }

    /** Whether the copy is the whole of it, byte for byte. */
    boolean isWhole(Path copy) throws IOException {
        return Files.exists(copy) && Arrays.equals(Files.readAllBytes(copy), bytes);
    }

    /** Whether the copy holds its first bytes, however many, and nothing else. */
    boolean isBegun(Path copy) throws IOException {
        byte[] copied = Files.exists(copy) ? Files.readAllBytes(copy) : new byte[0];
        return copied.length <= bytes.length && Arrays.equals(copied, 0, copied.length, bytes, 0, copied.length);
    }
}
