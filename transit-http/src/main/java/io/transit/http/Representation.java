package io.transit.http;

import io.transit.core.FileMetadata;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be had of an offer.
 *
 * @param files what the offer has
 * @param name to save it under, clean
 * @param type its media type
 * @param size in bytes, or empty when it is not known before the end
 * @param resumable whether a receiver whose connection broke may come back for the rest of it
 * @param tag its validator, if what is said of the files tells them from others of the same names and sizes
 * @param content what it is made of
 */
record Representation(
        List<FileMetadata> files,
        String name,
        String type,
        OptionalLong size,
        boolean resumable,
        Optional<String> tag,
        Content content) {
    /** What a representation is made of. */
    sealed interface Content {}

    /** All that the sender sends, as it is. */
    record AsItIs() implements Content {}

    /**
     * A piece of what the sender sends.
     *
     * @param from its first byte
     * @param to the byte behind it
     */
    record Piece(long from, long to) implements Content {}

    /**
     * All that the sender sends, with something between.
     *
     * @param archive what comes of that
     */
    record Packed(Archive archive) implements Content {}

    /** Whether, by all that is said of them, one may go on where the other broke off. */
    boolean isLike(Representation other) {
        return files.equals(other.files) && name.equals(other.name) && size.equals(other.size) && tag.equals(other.tag);
    }
}
