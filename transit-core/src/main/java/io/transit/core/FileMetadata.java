package io.transit.core;

import java.util.OptionalLong;

/**
 * What a sender says of a file. A value of this type is safe to show and to put into a header: {@link #of} cleans what a
 * stranger wrote, and the constructor refuses what is not clean.
 *
 * @param name the name to save under: NFC, at most 200 bytes of UTF-8, no path, no control or format characters
 * @param size in bytes, or empty when it is not known before the end
 * @param type a media type (RFC 9110 section 8.3.1)
 */
public record FileMetadata(String name, OptionalLong size, String type) {
    /** The type of a file of which nothing better is known. */
    public static final String UNKNOWN_TYPE = "application/octet-stream";

    /**
     * Takes what is clean already.
     *
     * @throws TransferException.Rejected if the name or the type is not clean, or the size is negative
     */
    public FileMetadata {
        if (!name.equals(FileName.clean(name))) {
            throw new TransferException.Rejected("name", "this name cannot be saved under everywhere");
        }
        if (size.isPresent() && size.getAsLong() < 0) {
            throw new TransferException.Rejected("size", "a size is a whole number of bytes, from 0");
        }
        if (!MediaType.isWellFormed(type)) {
            throw new TransferException.Rejected("type", "a type is a media type, such as text/plain");
        }
    }

    /**
     * Takes what a stranger wrote, and cleans it: a name keeps its last segment and loses what is dangerous, a type that is
     * not well-formed becomes {@link #UNKNOWN_TYPE}.
     *
     * @param name any text; one of which nothing is left becomes {@code download}
     * @param size in bytes, or empty when it is not known before the end
     * @param type any text
     * @return what may be shown and sent on
     * @throws TransferException.Rejected if the size is negative
     */
    public static FileMetadata of(String name, OptionalLong size, String type) {
        return new FileMetadata(FileName.clean(name), size, MediaType.isWellFormed(type) ? type : UNKNOWN_TYPE);
    }

    /**
     * Takes a name of which nothing else is known.
     *
     * @param name any text; it is cleaned
     * @return metadata of unknown size and type
     */
    public static FileMetadata named(String name) {
        return of(name, OptionalLong.empty(), UNKNOWN_TYPE);
    }
}
