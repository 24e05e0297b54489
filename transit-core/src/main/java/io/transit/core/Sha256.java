package io.transit.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest (FIPS 180-4).
 *
 * @param hex 64 hexadecimal digits, in lower case
 */
public record Sha256(String hex) {
    /** The length of a digest in bytes. */
    public static final int BYTES = 32;

    private static final Pattern VALID = Pattern.compile("[0-9a-f]{64}");

    /**
     * Takes a digest that somebody stated.
     *
     * @throws TransferException.Rejected if the text is not 64 lower-case hexadecimal digits
     */
    public Sha256 {
        if (!VALID.matcher(hex).matches()) {
            throw new TransferException.Rejected("sha256", "a SHA-256 digest is 64 lower-case hexadecimal digits");
        }
    }

    /**
     * Finishes a running digest and takes its result. The running digest starts anew.
     *
     * @param digest one of the algorithm {@code SHA-256}
     * @return its result
     */
    public static Sha256 of(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * Starts a digest.
     *
     * @return a new one, of the algorithm {@code SHA-256}
     */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the digest itself.
     *
     * @return a new array of 32 bytes
     */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
