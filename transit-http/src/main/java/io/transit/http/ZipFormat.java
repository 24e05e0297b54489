package io.transit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Zip (PKWARE's APPNOTE 6.3.10), stored. The checksums stand behind the files, as they are not known before; names are UTF-8;
 * and what does not fit into 32 bits, or 16, is in the fields of zip64.
 */
record ZipFormat() implements ArchiveFormat {
    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int END = 0x06054b50;

    private static final int EXTRA_64 = 0x0001;
    private static final int EXTRA_TIME = 0x5455;

    /** The checksum stands behind the file; the name is UTF-8. */
    private static final int FLAGS = 1 << 3 | 1 << 11;

    private static final int STORED = 0;
    private static final int VERSION = 20;
    private static final int VERSION_64 = 45;
    private static final int MADE_BY_UNIX = 3 << 8 | VERSION_64;
    private static final int A_FILE_THAT_ALL_MAY_READ = 0100644 << 16;

    private static final long MAX_32 = 0xffff_ffffL;
    private static final int MAX_16 = 0xffff;

    @Override
    public String name() {
        return "zip";
    }

    @Override
    public String type() {
        return "application/zip";
    }

    @Override
    public boolean hasChecksums() {
        return true;
    }

    private static boolean isLarge(long number) {
        return number >= MAX_32;
    }

    private static long in32(long number) {
        return Math.min(number, MAX_32);
    }

    private static int version(boolean isLarge) {
        return isLarge ? VERSION_64 : VERSION;
    }

    @Override
    public byte[] before(Archive.Entry entry) {
        byte[] name = entry.path().getBytes(UTF_8);
        var extra = new LittleEndian().add(time(entry));
        if (isLarge(entry.size())) {
            // That they are here says how long they are behind the file.
            extra.in2(EXTRA_64).in2(16).in8(0).in8(0);
        }
        byte[] extras = extra.toArray();
        long sizes = isLarge(entry.size()) ? MAX_32 : 0;
        var header = new LittleEndian().in4(LOCAL).in2(version(isLarge(entry.size())));
        header.in2(FLAGS).in2(STORED).in4(dosTime(entry)).in4(0).in4(sizes).in4(sizes);
        return header.in2(name.length).in2(extras.length).add(name).add(extras).toArray();
    }

    @Override
    public byte[] behind(Archive.Entry entry, int crc32) {
        var descriptor = new LittleEndian().in4(DESCRIPTOR).in4(crc32);
        return isLarge(entry.size())
                ? descriptor.in8(entry.size()).in8(entry.size()).toArray()
                : descriptor.in4(entry.size()).in4(entry.size()).toArray();
    }

    @Override
    public byte[] end(List<Archive.Entry> entries, long[] starts, int[] crc32s) {
        var directory = new LittleEndian();
        for (int i = 0; i < entries.size(); i++) {
            addCentral(directory, entries.get(i), starts[i], crc32s[i]);
        }
        byte[] records = directory.toArray();
        long start = starts[entries.size()];
        return new LittleEndian()
                .add(records)
                .add(end(entries.size(), records.length, start))
                .toArray();
    }

    private static void addCentral(LittleEndian directory, Archive.Entry entry, long start, int crc32) {
        byte[] name = entry.path().getBytes(UTF_8);
        byte[] extras = extras(entry, start);
        directory.in4(CENTRAL).in2(MADE_BY_UNIX).in2(version(isLarge(entry.size()) || isLarge(start)));
        directory.in2(FLAGS).in2(STORED).in4(dosTime(entry)).in4(crc32);
        directory.in4(in32(entry.size())).in4(in32(entry.size()));
        // No comment, on the first disk, nothing said of what is in it.
        directory.in2(name.length).in2(extras.length).in2(0).in2(0).in2(0);
        directory.in4(A_FILE_THAT_ALL_MAY_READ).in4(in32(start)).add(name).add(extras);
    }

    private static byte[] extras(Archive.Entry entry, long start) {
        var large = new LittleEndian();
        if (isLarge(entry.size())) {
            large.in8(entry.size()).in8(entry.size());
        }
        if (isLarge(start)) {
            large.in8(start);
        }
        byte[] numbers = large.toArray();
        var extras = new LittleEndian().add(time(entry));
        return numbers.length == 0
                ? extras.toArray()
                : extras.in2(EXTRA_64).in2(numbers.length).add(numbers).toArray();
    }

    private static byte[] end(int count, long size, long start) {
        var end = new LittleEndian();
        if (count >= MAX_16 || isLarge(size) || isLarge(start)) {
            end.in4(END_64).in8(44).in2(MADE_BY_UNIX).in2(VERSION_64).in4(0).in4(0);
            end.in8(count).in8(count).in8(size).in8(start);
            end.in4(LOCATOR_64).in4(0).in8(start + size).in4(1);
        }
        int in16 = Math.min(count, MAX_16);
        end.in4(END).in2(0).in2(0).in2(in16).in2(in16);
        return end.in4(in32(size)).in4(in32(start)).in2(0).toArray();
    }

    /** In steps of two seconds, in the years 1980 to 2107, and of a zone that nobody knows: here UTC. */
    private static int dosTime(Archive.Entry entry) {
        LocalDateTime time = entry.modified()
                .map(it -> LocalDateTime.ofInstant(it, ZoneOffset.UTC))
                .filter(it -> it.getYear() >= 1980 && it.getYear() <= 2107)
                .orElse(LocalDateTime.of(1980, 1, 1, 0, 0));
        int day = (time.getYear() - 1980) << 9 | time.getMonthValue() << 5 | time.getDayOfMonth();
        return day << 16 | time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2;
    }

    /** What the other leaves out: the second, if it fits into 32 bits. */
    private static byte[] time(Archive.Entry entry) {
        Optional<Long> second = entry.modified().map(Instant::getEpochSecond).filter(it -> it == (long) it.intValue());
        var extra = new LittleEndian();
        second.ifPresent(it -> extra.in2(EXTRA_TIME).in2(5).add(new byte[] {1}).in4(it));
        return extra.toArray();
    }
}
