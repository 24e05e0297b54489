package io.transit.http;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * The strong validator of what is offered (RFC 9110 section 8.8.3): made of all that is said of the files, so that it is the
 * same when they are offered anew under the same id. Strong only for files of which is said when they were changed.
 */
final class EntityTag {
    private static final int DIGITS = 32;

    private EntityTag() {}

    /**
     * Returns it as it stands in the header.
     *
     * @param form which of the forms in which this offer can be had; empty for its bytes as they are
     */
    static String of(Offer offer, String form) {
        MessageDigest digest = Sha256.newDigest();
        add(digest, offer.id().value());
        for (FileMetadata file : offer.files()) {
            add(digest, file.path());
            add(digest, file.type());
            digest.update(number(file.size().orElse(-1)));
            digest.update(number(file.modified().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE)));
        }
        String said = Sha256.of(digest).hex().substring(0, DIGITS);
        return "\"" + said + (form.isEmpty() ? "" : "-" + form) + "\"";
    }

    /** Its length goes before it, so that no two lists of texts look the same. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(number(bytes.length));
        digest.update(bytes);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
