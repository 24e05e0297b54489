package io.transit.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The proof that one who comes back is the sender who left: 128 random bits. It lives as long as its transfer, and a
 * rendezvous keeps only its {@linkplain #hash() hash}.
 *
 * @param value 22 characters of base64url (RFC 4648 section 5), without padding
 */
public record Token(String value) {
    private static final int BYTES = 16;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Takes a token that somebody presented.
     *
     * @throws TransferException.Rejected if the value is not of the form above
     */
    public Token {
        if (!VALID.matcher(value).matches()) {
            throw new TransferException.Rejected("token", "a token is 22 characters of base64url");
        }
    }

    /**
     * Makes a new token.
     *
     * @return one that nobody else has
     */
    public static Token random() {
        byte[] bits = new byte[BYTES];
        RANDOM.nextBytes(bits);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /**
     * Returns what may be stored of this token.
     *
     * @return the SHA-256 of the value's characters
     */
    public Sha256 hash() {
        MessageDigest digest = Sha256.newDigest();
        digest.update(value.getBytes(StandardCharsets.US_ASCII));
        return Sha256.of(digest);
    }

    /**
     * Compares this token with a stored hash, in a time that does not depend on where they differ.
     *
     * @param hash what {@link #hash()} once returned
     * @return whether it was the hash of this token
     */
    public boolean matches(Sha256 hash) {
        return MessageDigest.isEqual(
                hash().hex().getBytes(StandardCharsets.US_ASCII), hash.hex().getBytes(StandardCharsets.US_ASCII));
    }

    /** Hides the value, so that no log shows it by accident. */
    @Override
    public String toString() {
        return "Token[…]";
    }
}
