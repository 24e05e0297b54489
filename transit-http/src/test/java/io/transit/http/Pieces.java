package io.transit.http;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Ways in which bytes may arrive: how long the next piece is, of so many that are left. */
final class Pieces {
    private Pieces() {}

    static IntUnaryOperator whole() {
        return left -> left;
    }

    static IntUnaryOperator of(int length) {
        return left -> Math.min(length, left);
    }

    /** Pieces of any length up to that. */
    static IntUnaryOperator upTo(int longest, Random random) {
        return left -> Math.min(1 + random.nextInt(longest), left);
    }

    /** Ways to split an input other than as a whole, always the same ones for the same input. */
    static List<IntUnaryOperator> splitting(byte[] input) {
        var random = new Random(Arrays.hashCode(input));
        return List.of(of(1), upTo(3, random), upTo(30, random), upTo(Math.max(1, input.length), random));
    }
}
