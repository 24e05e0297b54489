package io.transit.redis;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes an offer as bytes, but for its id, which the name of its key says.
 *
 * <p>Where the files lie and when they were changed stands behind everything else, if anything of it is known, so that nodes
 * that know nothing of it read the rest.
 */
final class OfferCodec {
    private static final byte VERSION = 1;
    private static final long UNKNOWN = -1;
    private static final long NO_TIME = Long.MIN_VALUE;

    private OfferCodec() {}

    static ByteBuffer encode(Offer offer) {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        try {
            out.writeByte(VERSION);
            out.writeBoolean(offer.seekable());
            out.writeInt(offer.receivers());
            out.writeBoolean(offer.digest());
            out.writeUTF(offer.patience().toString());
            out.writeInt(offer.files().size());
            for (FileMetadata file : offer.files()) {
                out.writeUTF(file.name());
                out.writeLong(file.size().orElse(UNKNOWN));
                out.writeUTF(file.type());
            }
            if (offer.files().stream().anyMatch(OfferCodec::saysMore)) {
                writeMore(out, offer.files());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    static Offer decode(TransferId id, ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                throw new IllegalArgumentException("the offer was written by another version");
            }
            boolean seekable = in.readBoolean();
            int receivers = in.readInt();
            boolean digest = in.readBoolean();
            var patience = Duration.parse(in.readUTF());
            List<FileMetadata> files = files(in);
            return new Offer(
                    id, in.available() > 0 ? withMore(in, files) : files, seekable, receivers, digest, patience);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<FileMetadata> files(DataInputStream in) throws IOException {
        var files = new ArrayList<FileMetadata>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            long size = in.readLong();
            files.add(new FileMetadata(
                    name, size == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(size), in.readUTF()));
        }
        return files;
    }

    private static boolean saysMore(FileMetadata file) {
        return !file.folder().isEmpty() || file.modified().isPresent();
    }

    private static void writeMore(DataOutputStream out, List<FileMetadata> files) throws IOException {
        for (FileMetadata file : files) {
            out.writeUTF(file.folder());
            out.writeLong(file.modified().map(Instant::toEpochMilli).orElse(NO_TIME));
        }
    }

    private static List<FileMetadata> withMore(DataInputStream in, List<FileMetadata> files) throws IOException {
        var more = new ArrayList<FileMetadata>();
        for (FileMetadata file : files) {
            FileMetadata placed = file.inFolder(in.readUTF());
            long modified = in.readLong();
            more.add(modified == NO_TIME ? placed : placed.withModified(Instant.ofEpochMilli(modified)));
        }
        return more;
    }
}
