package io.transit.http;

import io.transit.http.Checksums.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Makes an archive, or the rest of one, of the bytes of its files, which are written to it one file after the other. Whatever
 * stands behind the last of them is written with that, so that a client which does not take it is noticed as with any other
 * byte. One thread at a time writes; {@link #close} may be called by any.
 */
final class ArchiveChannel implements WritableByteChannel {
    private final Archive archive;
    private final Checksums sums;
    private final WritableByteChannel target;

    private int file;
    private long into;
    private Crc32 crc32;

    /** Where in the file the last place was that is noted. */
    private long noted;

    /** How many bytes of the archive are still to be left out. */
    private long left;

    private boolean open;
    private boolean ended;

    /**
     * Prepares it.
     *
     * @param sums of the files that are not written, and those that are
     * @param from the place at which the bytes begin that will be written
     * @param firstByte of the archive, that shall come to the target
     */
    ArchiveChannel(Archive archive, Checksums sums, Mark from, long firstByte, WritableByteChannel target) {
        this.archive = archive;
        this.sums = sums;
        this.target = target;
        this.file = from.place().file();
        this.into = from.place().into();
        this.open = into > 0;
        this.crc32 = new Crc32(from.crc32());
        this.noted = into;
        this.left = firstByte - archive.position(from.place());
    }

    @Override
    public int write(ByteBuffer payload) throws IOException {
        if (!payload.hasRemaining()) {
            return 0;
        }
        settle();
        if (ended) {
            throw new IOException("more bytes than the files have");
        }
        int length = (int) Math.min(payload.remaining(), archive.size(file) - into);
        ByteBuffer part = payload.slice(payload.position(), length);
        pass(part);
        payload.position(payload.position() + part.position());
        take(part.flip());
        settle();
        return part.limit();
    }

    /** Hands some of it on, or leaves it out. */
    private void pass(ByteBuffer part) throws IOException {
        int skipped = (int) Math.min(left, part.remaining());
        if (skipped > 0) {
            left -= skipped;
            part.position(part.position() + skipped);
        } else {
            target.write(part);
        }
    }

    private void take(ByteBuffer taken) {
        into += taken.remaining();
        if (archive.hasChecksums()) {
            crc32.update(taken);
            if (Checksums.isDue(noted, into)) {
                noted = into;
                sums.passed(new Mark(new Archive.Place(file, into), crc32.value()));
            }
        }
    }

    /** Writes what stands before the next byte of a file; behind the last one, what stands there. */
    private void settle() throws IOException {
        while (!ended) {
            if (!open) {
                make(archive.before(file));
                open = true;
            }
            if (into < archive.size(file)) {
                return;
            }
            sums.ended(file, crc32.value());
            make(archive.behind(file, crc32.value()));
            next();
        }
    }

    private void next() throws IOException {
        file++;
        into = 0;
        noted = 0;
        open = false;
        crc32 = new Crc32(0);
        if (file == archive.files()) {
            make(archive.end(sums.whole()));
            ended = true;
        }
    }

    private void make(byte[] bytes) throws IOException {
        ByteBuffer made = ByteBuffer.wrap(bytes);
        while (made.hasRemaining()) {
            pass(made);
        }
    }

    /**
     * Writes what is missing, if the files had no bytes.
     *
     * @throws IOException if not all bytes of the files have been written
     */
    void finish() throws IOException {
        settle();
        if (!ended) {
            throw new IOException("fewer bytes than the files have");
        }
    }

    @Override
    public boolean isOpen() {
        return target.isOpen();
    }

    @Override
    public void close() throws IOException {
        target.close();
    }
}
