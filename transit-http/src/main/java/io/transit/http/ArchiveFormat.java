package io.transit.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How several files become one. The bytes of each file stay as they are; these stand around them, and never change in length. */
sealed interface ArchiveFormat permits ZipFormat, TarFormat {
    ArchiveFormat ZIP = new ZipFormat();
    ArchiveFormat TAR = new TarFormat();

    /** The format of that name. */
    static Optional<ArchiveFormat> named(String name) {
        return List.of(ZIP, TAR).stream()
                .filter(format -> format.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** What it is called, and the extension of its files. */
    String name();

    /** Its media type. */
    String type();

    /** Whether {@link #behind} and {@link #end} look at checksums. */
    boolean hasChecksums();

    /** What stands before the bytes of a file. */
    byte[] before(Archive.Entry entry);

    /** What stands behind the bytes of a file. */
    byte[] behind(Archive.Entry entry, int crc32);

    /**
     * What stands behind all files.
     *
     * @param starts where what stands before each file begins, and behind them the length so far
     * @param crc32s of each file
     */
    byte[] end(List<Archive.Entry> entries, long[] starts, int[] crc32s);
}
