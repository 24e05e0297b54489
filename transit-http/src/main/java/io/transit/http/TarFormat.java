package io.transit.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tar as POSIX has it (pax): headers of ustar, and before them extended ones for what does not fit into those. */
record TarFormat() implements ArchiveFormat {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int PREFIX = 155;

    /** What eleven octal digits can say. */
    private static final long MAX_NUMBER = (1L << 33) - 1;

    private static final Pattern PLAIN = Pattern.compile("[ -~]*");
    private static final Pattern NOT_PLAIN = Pattern.compile("[^ -~]");

    private static final char FILE = '0';
    private static final char EXTENDED = 'x';

    @Override
    public String name() {
        return "tar";
    }

    @Override
    public String type() {
        return "application/x-tar";
    }

    @Override
    public boolean hasChecksums() {
        return false;
    }

    @Override
    public byte[] before(Archive.Entry entry) {
        long time = entry.modified().map(Instant::getEpochSecond).orElse(0L);
        String records = extended(entry, time);
        byte[] header = header(entry.path(), FILE, inDigits(entry.size()), inDigits(time));
        if (records.isEmpty()) {
            return header;
        }
        byte[] bytes = records.getBytes(UTF_8);
        byte[] all = new byte[2 * BLOCK + padded(bytes.length)];
        byte[] extended = header("PaxHeaders/" + entry.path(), EXTENDED, bytes.length, inDigits(time));
        ByteBuffer.wrap(all).put(extended).put(bytes).put(all.length - BLOCK, header);
        return all;
    }

    /** Nothing, where another header has the number. */
    private static long inDigits(long number) {
        return number < 0 || number > MAX_NUMBER ? 0 : number;
    }

    private static String extended(Archive.Entry entry, long time) {
        var records = new StringBuilder();
        if (!PLAIN.matcher(entry.path()).matches() || cut(entry.path()) < -1) {
            records.append(record("path", entry.path()));
        }
        if (entry.size() != inDigits(entry.size())) {
            records.append(record("size", Long.toString(entry.size())));
        }
        if (time != inDigits(time)) {
            records.append(record("mtime", Long.toString(time)));
        }
        return records.toString();
    }

    /** Its length, which comes first, counts its own digits too. */
    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.getBytes(UTF_8).length;
        int all = length + 1;
        while (all != length + Integer.toString(all).length()) {
            all = length + Integer.toString(all).length();
        }
        return all + rest;
    }

    private static byte[] header(String path, char kind, long size, long time) {
        String plain = NOT_PLAIN.matcher(path).replaceAll("_");
        int cut = cut(plain);
        String name = cut >= -1 ? plain.substring(cut + 1) : plain.substring(plain.length() - NAME);
        byte[] block = new byte[BLOCK];
        ByteBuffer header = ByteBuffer.wrap(block);
        header.put(0, ascii(name)).put(NAME, ascii("0000644\0" + "0000000\0" + "0000000\0"));
        header.put(124, ascii(octal(size) + "\0" + octal(time) + "\0" + "        " + kind));
        header.put(257, ascii("ustar\0" + "00"));
        header.put(345, ascii(cut > 0 ? plain.substring(0, cut) : ""));
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xff;
        }
        return header.put(148, ascii(String.format(Locale.ROOT, "%06o\0 ", sum)))
                .array();
    }

    /** Where the slash is that the header leaves out, between prefix and name; -1 if it needs none, -2 if no one will do. */
    private static int cut(String path) {
        if (path.length() <= NAME) {
            return -1;
        }
        int slash = path.lastIndexOf('/', PREFIX);
        return slash > 0 && path.length() - slash - 1 <= NAME ? slash : -2;
    }

    private static String octal(long number) {
        return String.format(Locale.ROOT, "%011o", number);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    @Override
    public byte[] behind(Archive.Entry entry, int crc32) {
        return new byte[(int) (-entry.size() & (BLOCK - 1))];
    }

    private static int padded(int length) {
        return length + (-length & (BLOCK - 1));
    }

    @Override
    public byte[] end(List<Archive.Entry> entries, long[] starts, int[] crc32s) {
        return new byte[2 * BLOCK];
    }
}
