package io.transit.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a sender says of a file. A value of this type is safe to show and to put into a header: {@link #of} cleans what a
 * stranger wrote, and the constructor refuses what is not clean. Begin with {@link #of} and add to it; components may join
 * this record in later versions.
 *
 * @param name the name to save under: NFC, at most 200 bytes of UTF-8, no path, no control or format characters
 * @param size in bytes, or empty when it is not known before the end
 * @param type a media type (RFC 9110 section 8.3.1)
 * @param folder where the file lies among the others of its offer: names as above with {@code /} between them, at most 4,000
 *     bytes of UTF-8, or the empty text
 * @param modified when the file was last changed, in whole milliseconds, in the years 1 to 9999; empty when it is not known
 */
public record FileMetadata(String name, OptionalLong size, String type, String folder, Optional<Instant> modified) {
    /** The type of a file of which nothing better is known. */
    public static final String UNKNOWN_TYPE = "application/octet-stream";

    private static final int MAX_FOLDER_BYTES = 4_000;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /**
     * Takes what is clean already.
     *
     * @throws TransferException.Rejected if the name, the type, the folder or the time is not clean, or the size is negative
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
        if (!folder.equals(FileName.cleanFolder(folder))) {
            throw new TransferException.Rejected("folder", "this folder cannot be saved under everywhere");
        }
        if (FileName.bytes(folder) > MAX_FOLDER_BYTES) {
            throw new TransferException.Rejected("folder", "a folder's path has at most 4,000 bytes");
        }
        if (!modified.equals(modified.flatMap(FileMetadata::representable))) {
            throw new TransferException.Rejected("modified", "a time has whole milliseconds and a year of 1 to 9999");
        }
    }

    /**
     * Takes what is clean already, of a file that lies in no folder.
     *
     * @param name the name to save under
     * @param size in bytes, or empty when it is not known before the end
     * @param type a media type
     * @throws TransferException.Rejected if the name or the type is not clean, or the size is negative
     */
    public FileMetadata(String name, OptionalLong size, String type) {
        this(name, size, type, "", Optional.empty());
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

    /**
     * Says in which folder the file lies, of what a stranger wrote: each segment of the path is cleaned as a name is, and
     * those of which nothing is left, such as {@code ..}, are dropped.
     *
     * @param path any text; {@code /} and {@code \} separate the segments
     * @return this file, in that folder
     * @throws TransferException.Rejected if the clean path has more than 4,000 bytes of UTF-8
     */
    public FileMetadata inFolder(String path) {
        return new FileMetadata(name, size, type, FileName.cleanFolder(path), modified);
    }

    /**
     * Says when the file was last changed.
     *
     * @param time any time; it is cut to whole milliseconds, and one before the year 1 or after 9999 counts as not known
     * @return this file, of that time
     */
    public FileMetadata withModified(Instant time) {
        return new FileMetadata(name, size, type, folder, representable(time));
    }

    /**
     * Returns where the file lies, with its name.
     *
     * @return the folder, a slash and the name, or the name alone
     */
    public String path() {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** What every header, archive and page can write. */
    private static Optional<Instant> representable(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST)
                ? Optional.empty()
                : Optional.of(time.truncatedTo(ChronoUnit.MILLIS));
    }
}
