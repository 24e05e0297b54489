package io.transit.http;

import io.transit.core.Claim;
import io.transit.core.Receiver;
import io.transit.core.TransferId;
import io.transit.http.Checksums.Mark;
import java.nio.channels.WritableByteChannel;

/** What one answer carries of a representation: all of it, or its rest. */
sealed interface Portion {
    Representation whole();

    /** From which byte of the whole on; 0 for all of it. */
    long firstByte();

    /** Returns what is to be claimed for it. */
    Claim claim(TransferId id);

    /** Whether a digest of what the sender sends is one of this. */
    default boolean hasDigest() {
        return firstByte() == 0 && whole().content() instanceof Representation.AsItIs;
    }

    /** Returns where the receiver's bytes go, so that what is wanted comes into the answer. */
    WritableByteChannel into(WritableByteChannel answer, Receiver receiver);

    static Portion of(Representation whole, long firstByte, ChecksumStore store) {
        return switch (whole.content()) {
            case Representation.AsItIs all -> new Bytes(whole, firstByte);
            case Representation.Piece piece -> new PieceOf(whole, firstByte, piece);
            case Representation.Packed(Archive archive) -> packed(whole, firstByte, archive, store);
        };
    }

    private static Packing packed(Representation whole, long firstByte, Archive archive, ChecksumStore store) {
        // One that is begun knows nothing of another of the same tag, which may have had other bytes.
        Checksums sums = whole.tag()
                .filter(tag -> firstByte > 0)
                .flatMap(store::find)
                .orElseGet(() -> new Checksums(archive.files()));
        Archive.Place place = archive.place(firstByte);
        Mark from = archive.hasChecksums() ? sums.nearest(place) : new Mark(place, 0);
        return new Packing(whole, firstByte, archive, sums, from, store);
    }

    /** The sender's bytes as they are. */
    record Bytes(Representation whole, long firstByte) implements Portion {
        @Override
        public Claim claim(TransferId id) {
            return Claim.of(id).from(firstByte);
        }

        @Override
        public WritableByteChannel into(WritableByteChannel answer, Receiver receiver) {
            return answer;
        }
    }

    /** A piece of the sender's bytes. */
    record PieceOf(Representation whole, long firstByte, Representation.Piece piece) implements Portion {
        @Override
        public Claim claim(TransferId id) {
            return Claim.of(id).part(piece.from(), piece.to()).from(piece.from() + firstByte);
        }

        @Override
        public WritableByteChannel into(WritableByteChannel answer, Receiver receiver) {
            return answer;
        }
    }

    /** An archive of the sender's bytes, which begin where all that is needed for it is known, if that is before its own first. */
    record Packing(
            Representation whole, long firstByte, Archive archive, Checksums sums, Mark from, ChecksumStore store)
            implements Portion {
        @Override
        public Claim claim(TransferId id) {
            return Claim.of(id).from(archive.streamed(from.place()));
        }

        @Override
        public WritableByteChannel into(WritableByteChannel answer, Receiver receiver) {
            whole.tag().ifPresent(tag -> store.keep(tag, sums, receiver));
            return new ArchiveChannel(archive, sums, from, firstByte, answer);
        }
    }
}
