package io.transit.http;

import io.transit.core.FileMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Several files as one, made on the fly: what stands before, between and behind their bytes, and where. Pure: of the same files
 * it is always the same, so that the rest of it can be made as well as the whole.
 */
final class Archive {
    /**
     * A file as it stands in an archive.
     *
     * @param path unlike that of any other, relative, with slashes
     * @param size in bytes
     * @param modified when it was last changed, if that is known
     */
    record Entry(String path, long size, Optional<Instant> modified) {}

    /**
     * A place among the bytes of the files.
     *
     * @param file which of them, from 0
     * @param into how many bytes of that are before it; 0 is also before what stands before them
     */
    record Place(int file, long into) {}

    private final ArchiveFormat format;
    private final List<Entry> entries;

    /** Where the bytes of each file begin in what the sender sends. */
    private final long[] streamed;

    /** Where what stands before each file begins, and behind them all the end. */
    private final long[] starts;

    private final long length;

    private Archive(ArchiveFormat format, List<Entry> entries) {
        this.format = format;
        this.entries = entries;
        this.streamed = new long[entries.size() + 1];
        this.starts = new long[entries.size() + 1];
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            int made = format.before(entry).length + format.behind(entry, 0).length;
            streamed[i + 1] = streamed[i] + entry.size();
            starts[i + 1] = Math.addExact(starts[i], Math.addExact(entry.size(), made));
        }
        this.length = Math.addExact(starts[entries.size()], end(new int[entries.size()]).length);
    }

    /**
     * Archives files of which each has a size.
     *
     * @throws ArithmeticException if that is longer than a {@code long} can say
     */
    static Archive of(ArchiveFormat format, List<FileMetadata> files) {
        List<String> paths = ArchivePaths.of(files);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            FileMetadata file = files.get(i);
            entries.add(new Entry(paths.get(i), file.size().orElseThrow(), file.modified()));
        }
        return new Archive(format, List.copyOf(entries));
    }

    /** The size of it all, in bytes. */
    long length() {
        return length;
    }

    int files() {
        return entries.size();
    }

    long size(int file) {
        return entries.get(file).size();
    }

    /** Whether what stands behind a file depends on its bytes. */
    boolean hasChecksums() {
        return format.hasChecksums();
    }

    /** What stands before the bytes of a file. */
    byte[] before(int file) {
        return format.before(entries.get(file));
    }

    /** What stands behind the bytes of a file, of that CRC-32. */
    byte[] behind(int file, int crc32) {
        return format.behind(entries.get(file), crc32);
    }

    /** What stands behind all files, of those CRC-32s. */
    byte[] end(int[] crc32s) {
        return format.end(entries, starts, crc32s);
    }

    /** Returns the last place that is not behind that byte of the archive. */
    Place place(long position) {
        int found = Arrays.binarySearch(starts, 0, entries.size(), position);
        int file = found < 0 ? -found - 2 : found;
        long into = position - starts[file] - before(file).length;
        return new Place(file, Math.clamp(into, 0, size(file)));
    }

    /** Where that place is in the archive. */
    long position(Place place) {
        long start = starts[place.file()];
        return place.into() == 0 ? start : start + before(place.file()).length + place.into();
    }

    /** Where that place is in what the sender sends: one file after the other. */
    long streamed(Place place) {
        return streamed[place.file()] + place.into();
    }
}
