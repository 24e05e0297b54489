package io.transit.redis;

import io.transit.core.Claim;
import io.transit.core.InMemoryRendezvous;
import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.Sender;
import io.transit.core.Token;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One offer at home, which is the node where it was made: all that happens to it is decided here, in memory, and Redis is
 * told. Guests write what they want.
 */
final class Home implements Node.Hearer {
    private final Node node;
    private final InMemoryRendezvous local;
    private final Offer offer;
    private final Token token;
    private final RedisKeys keys;
    private final String owner;
    private final Lease lease;
    private final Mailbox mailbox;
    private final Map<String, Guest> guests = new ConcurrentHashMap<>();
    /** Completed when Redis knows the end. */
    private final CompletableFuture<@Nullable Void> known = new CompletableFuture<>();

    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile @Nullable Sender sender;
    private volatile @Nullable TransferStatus over;
    private volatile long overAt;
    private volatile long claimedAt;

    Home(Node node, InMemoryRendezvous local, Offer offer, Token token) {
        this.node = node;
        this.local = local;
        this.offer = offer;
        this.token = token;
        this.keys = node.keys(offer.id());
        this.owner = node.name + ":" + Node.random();
        this.lease = new Lease(node, this::renew, this::lost);
        this.mailbox = new Mailbox(node, keys.signal(), this::read, this::lost);
    }

    Node node() {
        return node;
    }

    RedisKeys keys() {
        return keys;
    }

    Offer offer() {
        return offer;
    }

    // ---- the beginning

    /** Takes the id in Redis; false if another node has it. */
    CompletionStage<Boolean> announce() {
        return node.<Long>run(
                        Script.OFFER,
                        new String[] {keys.offer(), keys.signal(), keys.status()},
                        Text.bytes(owner),
                        Text.bytes(node.name),
                        node.leaseMillis(),
                        Text.bytes(node.channel()),
                        OfferCodec.encode(offer),
                        Text.bytes(tokenHash()),
                        Text.bytes(Text.of(state())),
                        Text.bytes(patience()),
                        Text.bytes(keys.offered()))
                .thenApply(answer -> answer == 1);
    }

    /** Takes back what was announced, since it came to nothing. */
    void withdraw() {
        var unused = node.run(Script.WITHDRAW, new String[] {keys.offer(), keys.signal()}, Text.bytes(owner));
    }

    /** Begins to hear guests, and to live. */
    Sender open(Sender opened) {
        sender = opened;
        node.hear(offer.id().value(), this);
        lease.now();
        return opened;
    }

    /** Whether this is the past of its id. */
    boolean isOver() {
        return sender != null && (over != null || local.find(offer.id()).isEmpty());
    }

    private String tokenHash() {
        return token.hash().hex();
    }

    private TransferState state() {
        return status().map(TransferStatus::state).orElseGet(offer::beginning);
    }

    private long patience() {
        return sender == null
                ? Millis.of(offer.patience())
                : status().flatMap(TransferStatus::expiresIn).map(Millis::of).orElse(-1L);
    }

    private Optional<TransferStatus> status() {
        return sender == null ? Optional.empty() : local.status(offer.id());
    }

    // ---- guests

    /** Something was published for this home: there may be letters. */
    @Override
    public void accept(String[] words) {
        stirred();
    }

    void stirred() {
        mailbox.wake();
    }

    /** A guest's lease is gone. It may have written why before it left. */
    void missed(Runnable lost) {
        mailbox.behind(lost);
    }

    private void read(Letter letter) {
        switch (letter) {
            case Letter.Claim claim -> seat(claim);
            case Letter.Resume(String name, String channel) -> resume(name, channel);
            case Letter.FromGuest other -> {
                Guest guest = guests.get(other.guest());
                if (guest != null) {
                    guest.letter(other);
                }
            }
            default -> throw new IllegalArgumentException("not from a guest");
        }
    }

    private void seat(Letter.Claim wish) {
        var guest = new GuestSeat(this, correspondent(wish.guest(), wish.channel()));
        welcome(guest);
        try {
            guest.seated(local.claim(new Claim(offer.id(), wish.offset(), false, wish.part()), guest));
            var unused = guest.correspondent().tell(new Letter.Seated());
        } catch (TransferException e) {
            refuse(guest, e);
        }
    }

    private void resume(String name, String channel) {
        var guest = new GuestSender(this, correspondent(name, channel));
        welcome(guest);
        try {
            guest.seated(local.resume(offer.id(), token));
            var unused = guest.correspondent().tell(new Letter.Seated());
        } catch (TransferException e) {
            refuse(guest, e);
        }
    }

    private Correspondent correspondent(String name, String channel) {
        return new Correspondent(node, keys, owner, name, channel);
    }

    private void welcome(Guest guest) {
        String name = guest.correspondent().name();
        guests.put(name, guest);
        node.hear(name, words -> {
            if (words[1].equals("taken")) {
                Acks.read(words, guest::credit);
            }
        });
    }

    private void refuse(Guest guest, TransferException e) {
        var unused = guest.correspondent().tell(Letter.Refused.of(e));
        forget(guest);
    }

    /** The transfer goes on without this guest. */
    void dismiss(Guest guest, TransferState.Final how) {
        var unused = guest.over(new Letter.Over(how, Duration.ZERO, Optional.empty()));
        forget(guest);
    }

    /** A receiver has left its seat; once it is told that this was heard, it need stay no longer. */
    void left(Guest receiver) {
        dismiss(receiver, new TransferState.Interrupted(state().bytes(), InterruptReason.RECEIVER_LEFT));
    }

    /** A sender has lost its seat for good: it need not stay until the transfer ends. */
    void superseded(Guest sender) {
        var unused = sender.correspondent().tell(new Letter.Superseded());
        forget(sender);
    }

    private void forget(Guest guest) {
        guests.remove(guest.correspondent().name());
        node.deafen(guest.correspondent().name());
    }

    // ---- the lease

    /** Redis is to be told where the transfer stands. */
    void changed() {
        guests.values().forEach(Guest::stirred);
        lease.now();
    }

    private CompletionStage<Duration> renew() {
        if (over != null) {
            return end();
        }
        return node.<Long>run(
                        Script.RENEW,
                        new String[] {keys.offer(), keys.signal()},
                        Text.bytes(owner),
                        node.leaseMillis(),
                        Text.bytes(Text.of(state())),
                        Text.bytes(patience()),
                        Text.bytes(keys.offered()))
                .thenCompose(answer -> switch (answer.intValue()) {
                    case 0 -> announceAgain();
                    case -1 -> CompletableFuture.completedStage(displaced());
                    default -> renewed(answer - 1);
                });
    }

    private CompletionStage<Duration> renewed(long letters) {
        if (letters > 0) {
            mailbox.wake();
        }
        CompletionStage<Duration> least = CompletableFuture.completedStage(node.settings.lease());
        for (Guest guest : guests.values()) {
            least = least.thenCombine(
                    guest.correspondent().look(guest), (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
        return least;
    }

    /** Redis has forgotten the offer, or never heard of it: a guest's seat has gone with it. */
    private CompletionStage<Duration> announceAgain() {
        lost();
        return announce().thenApply(mine -> mine ? node.settings.lease() : displaced());
    }

    /** While Redis was away, another node took the id. Who has found each other goes on; nobody else will find this. */
    private Duration displaced() {
        lost();
        Sender waiting = sender;
        if (waiting != null && !(state() instanceof TransferState.Streaming)) {
            waiting.interrupt(InterruptReason.STORE_LOST);
        }
        return node.settings.lease();
    }

    /** What runs through the store has come to its end. */
    private void lost() {
        guests.values().forEach(guest -> guest.lost(InterruptReason.STORE_LOST));
    }

    // ---- the end

    /** The transfer is over; what guests have to know of it, they are told. */
    void over(TransferStatus status) {
        over = status;
        overAt = System.nanoTime();
        var elapsed = Duration.ofNanos(overAt - claimedAt);
        lease.now();
        Stream<CompletableFuture<?>> told = switch (status.state()) {
            case TransferState.Final how -> {
                var letter = new Letter.Over(how, elapsed, status.sha256());
                yield guests.values().stream().map(guest -> guest.over(letter).toCompletableFuture());
            }
            default -> Stream.empty();
        };
        var unused = CompletableFuture.allOf(
                        Stream.concat(told, Stream.of(known)).toArray(CompletableFuture<?>[]::new))
                .whenComplete((all, e) -> close());
    }

    void claimed() {
        if (claimedAt == 0) {
            claimedAt = System.nanoTime();
        }
        changed();
    }

    /** Completed when nothing more is to be done for it. */
    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    /** Tried until it is done, or until the keys have gone by themselves. */
    private CompletionStage<Duration> end() {
        TransferStatus how = Objects.requireNonNull(over);
        if (System.nanoTime() - overAt > node.settings.lease().toNanos()) {
            known.complete(null);
            lease.stop();
        }
        return node.<List<Object>>run(
                        Script.END,
                        new String[] {keys.offer(), keys.signal(), keys.status()},
                        Text.bytes(owner),
                        OfferCodec.encode(offer),
                        Text.bytes(Text.of(how.state())),
                        Text.bytes(Text.of(how.sha256())),
                        Text.bytes(Millis.of(node.limits.statusKeep())),
                        Text.bytes(keys.offered()),
                        Text.bytes(tokenHash()))
                .thenApply(letters -> {
                    letters.forEach(letter -> read(Letter.read(Text.of(letter))));
                    known.complete(null);
                    lease.stop();
                    return node.settings.lease();
                });
    }

    private void close() {
        lease.stop();
        node.deafen(offer.id().value(), this);
        guests.values().forEach(this::forget);
        ended.complete(null);
    }
}
