package io.transit.core.contract;

import static io.transit.core.contract.Await.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.Receipt;
import io.transit.core.Receiver;
import io.transit.core.Rendezvous;
import io.transit.core.Sender;
import io.transit.core.Sender.Demand;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Offers, claims and pairs, of which the suites for a rendezvous are made. */
abstract class RendezvousSuite extends Suite {
    static final TransferLimits LIMITS = TransferLimits.DEFAULT;

    private final List<Rendezvous> opened = new CopyOnWriteArrayList<>();

    /** A sender and a receiver who have found each other. */
    record Pair(Sender sender, Receiver receiver, Demand demand) {
        void send(String text) throws InterruptedException {
            sender.send(Payload.utf8(text));
        }
    }

    /** Opens what is tested; this suite closes it. */
    protected abstract Rendezvous open(TransferLimits limits);

    @AfterEach
    final void close_what_was_opened() {
        opened.forEach(Rendezvous::close);
    }

    final Rendezvous rendezvous(TransferLimits limits) {
        Rendezvous rendezvous = open(limits);
        opened.add(rendezvous);
        return rendezvous;
    }

    final Rendezvous rendezvous() {
        return rendezvous(LIMITS);
    }

    /** An offer of unknown size. */
    static Offer offer() {
        return offer(OptionalLong.empty());
    }

    static Offer offer(long size) {
        return offer(OptionalLong.of(size));
    }

    private static Offer offer(OptionalLong size) {
        return Offer.of(TransferId.random(), FileMetadata.of("file.bin", size, "application/zip"));
    }

    static Demand demand(Sender sender) throws InterruptedException {
        return sender.awaitReceiver(PATIENCE).orElseThrow();
    }

    static Pair meet(Rendezvous rendezvous, Offer offer) throws InterruptedException {
        return meet(rendezvous, offer, Claim.of(offer.id()));
    }

    static Pair meet(Rendezvous rendezvous, Offer offer, Claim claim) throws InterruptedException {
        Sender sender = rendezvous.offer(offer);
        Receiver receiver = rendezvous.claim(claim);
        return new Pair(sender, receiver, demand(sender));
    }

    static TransferState state(Rendezvous rendezvous, Offer offer) {
        return rendezvous.status(offer.id()).orElseThrow().state();
    }

    /** Has a sender that is demanded send all of a file to a receiver, and both agree on it. */
    final void assertDelivers(Sender sender, String text, Receiver receiver) throws Exception {
        var receipt = start(() -> {
            sender.send(Payload.utf8(text));
            return sender.done();
        });
        assertThat(receiveAll(receiver).text()).isEqualTo(text);
        receipt.result();
    }

    /** Receives to the end and, if that is the end of a whole file, completes. */
    static Delivery receiveAll(Receiver receiver) throws InterruptedException {
        Delivery delivery = Delivery.of(receiver::receive);
        if (delivery.reason().isEmpty()) {
            receiver.complete();
        }
        return delivery;
    }

    /** Sends what lies between two positions in chunks of seeded sizes. */
    static void send(Sender sender, byte[] content, long from, long to, int maxChunk) throws InterruptedException {
        var sizes = new Random(from);
        for (int at = Math.toIntExact(from); at < to; ) {
            int length = (int) Math.min(to - at, 1 + sizes.nextInt(maxChunk));
            sender.send(ByteBuffer.wrap(content, at, length));
            at += length;
        }
    }

    /** Sends to receiver after receiver, each from where it wants, until one has taken everything. */
    static Receipt sendUntilDone(Sender sender, byte[] content, int maxChunk) throws InterruptedException {
        while (true) {
            Demand demand = demand(sender);
            try {
                send(sender, content, demand.offset(), content.length, maxChunk);
                return sender.done();
            } catch (TransferException.Paused away) {
                // The next receiver says where to go on.
            }
        }
    }

    /** Waits until one side knows that the transfer is over: news may take a moment between two nodes. */
    static TransferState.Final awaitOver(CompletionStage<TransferState.Final> whenOver) throws Exception {
        return whenOver.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Sends byte after byte until that is refused, and throws why: news may take a moment between two nodes. */
    static void sendUntilRefused(Sender sender) throws InterruptedException {
        while (true) {
            sender.send(Payload.zeros(1));
        }
    }
}
