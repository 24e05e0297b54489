package io.transit.redis;

import io.transit.core.InterruptReason;
import io.transit.core.Offer;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One's stay as a guest in a transfer that was offered on another node: its lease, and its letters. */
final class Visit {
    /** Whose stay it is. Its methods may be called by any thread, and must not block. */
    interface Side {
        /** The home wrote. */
        void letter(Letter letter);

        /** The reader of what this side writes has let go up to here. */
        void credit(long epoch, long position);

        /** The home, or the store between, is gone. */
        void lost(InterruptReason reason);

        /** This node goes: whoever waits is told, and so is the home. */
        void shutdown();
    }

    private final Node node;
    private final RedisKeys keys;
    private final Side side;
    private final String name = Node.random();
    private final Lease lease;
    private final Mailbox mailbox;
    private final CompletableFuture<@Nullable Void> quiet = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile String owner = "";
    private volatile String home = "";
    private volatile long epoch;
    private volatile boolean left;

    /** What the home has not been told, as Redis did not take it. */
    private final Queue<Supplier<CompletionStage<Long>>> owed = new ConcurrentLinkedQueue<>();

    Visit(Node node, TransferId id, Side side) {
        this.node = node;
        this.keys = node.keys(id);
        this.side = side;
        this.lease = new Lease(node, this::renew, () -> lost(InterruptReason.STORE_LOST));
        this.mailbox = new Mailbox(node, keys.signal(name), side::letter, () -> lost(InterruptReason.STORE_LOST));
    }

    String name() {
        return name;
    }

    RedisKeys keys() {
        return keys;
    }

    Side side() {
        return side;
    }

    /**
     * Asks for a seat, and waits until the home has given it, or not.
     *
     * @param request the letter that says so to the home
     * @param seated completes when its answer is there, which is a letter
     * @param proof what else the script takes
     * @return what is offered, or empty if this node is the home itself
     * @throws TransferException if there is nothing to enter, or the seat is not given
     */
    Optional<Offer> enter(Script script, Letter.FromGuest request, CompletionStage<?> seated, ByteBuffer... proof) {
        Optional<Offer> offer = ask(script, request, proof);
        if (offer.isEmpty()) {
            leave();
            return offer;
        }
        try {
            // Bounded by the lease of the home: it has answered by then, or it shows that it is lost.
            var unused = node.answer(seated, node.settings.lease().plus(node.settings.timeout()));
            return offer;
        } catch (TransferException e) {
            tell(new Letter.Leave(name));
            leave();
            throw e;
        }
    }

    private Optional<Offer> ask(Script script, Letter.FromGuest request, ByteBuffer... proof) {
        node.hear(name, this::hear);
        node.stays.add(this);
        try {
            String[] names = {keys.offer(), keys.status(), keys.lease(name), keys.signal()};
            var arguments = Stream.concat(
                    Stream.of(
                            Text.bytes(node.channel()),
                            node.leaseMillis(),
                            Text.bytes(Letter.write(request)),
                            Node.wake(keys.id().value())),
                    Stream.of(proof));
            List<Object> answer = node.answer(node.run(script, names, arguments.toArray(ByteBuffer[]::new)));
            Optional<Offer> offer = admitted(answer);
            lease.start();
            return offer;
        } catch (TransferException e) {
            leave();
            throw e;
        }
    }

    private Optional<Offer> admitted(List<Object> answer) {
        return switch (Text.of(answer.get(0))) {
            case "none" -> throw new TransferException.NotFound(keys.id());
            case "over" -> throw new TransferException.Ended(Text.end(Text.of(answer.get(1))));
            case "token" -> throw new TransferException.Rejected("token", "this is not the token of this transfer");
            default -> {
                owner = Text.of(answer.get(2));
                home = Text.of(answer.get(3));
                yield node.name.equals(Text.of(answer.get(4)))
                        ? Optional.empty()
                        : Optional.of(OfferCodec.decode(keys.id(), (ByteBuffer) answer.get(1)));
            }
        };
    }

    private void hear(String[] words) {
        if (words[1].equals("taken")) {
            Acks.read(words, side::credit);
        } else {
            mailbox.wake();
        }
    }

    void tell(Letter.FromGuest letter) {
        say(() -> node.<Long>run(
                        Script.TELL,
                        new String[] {keys.signal(), keys.offer()},
                        Text.bytes(owner),
                        Text.bytes(Letter.write(letter)),
                        node.leaseMillis(),
                        Text.bytes(home),
                        Node.wake(keys.id().value()))
                .whenComplete((told, e) -> {
                    if (e == null && told == 0) {
                        // Nobody is there to read it: the lease finds out why.
                        lease.now();
                    }
                }));
    }

    /** The attempt that is running now: its queue is kept alive. */
    void attempt(long running) {
        epoch = running;
    }

    /** Gives credit back to the writer. */
    void credit(long running, long position) {
        say(() -> Acks.send(node, keys, name, home, running, position));
    }

    /** Tells the home; if that fails the renewal repeats it, at once: somebody may wait for nothing else. */
    private void say(Supplier<CompletionStage<Long>> what) {
        var unused = what.get().whenComplete((said, e) -> {
            if (e != null) {
                owed.add(what);
                lease.now();
            }
        });
    }

    private CompletionStage<Duration> renew() {
        Supplier<CompletionStage<Long>> first = owed.peek();
        return first == null
                ? keep()
                : first.get().thenCompose(said -> {
                    owed.remove(first);
                    return renew();
                });
    }

    private CompletionStage<Duration> keep() {
        return node.<List<Object>>run(
                        Script.KEEP,
                        new String[] {
                            keys.lease(name), keys.signal(name), keys.queue(epoch), keys.offer(), keys.status()
                        },
                        Text.bytes(owner),
                        node.leaseMillis())
                .thenApply(this::kept);
    }

    private Duration kept(List<Object> answer) {
        // A letter that nobody was woken for.
        mailbox.wake();
        return switch (Text.of(answer.get(0))) {
            case "open" -> Duration.ofMillis((Long) answer.get(1));
            case "over" -> {
                TransferState.Final how = Text.end(Text.of(answer.get(1)));
                side.letter(new Letter.Over(how, Duration.ZERO, Text.digest(Text.of(answer.get(2)))));
                yield node.settings.lease();
            }
            case "store" -> {
                lost(InterruptReason.STORE_LOST);
                yield node.settings.lease();
            }
            default -> {
                lost(InterruptReason.NODE_LOST);
                yield node.settings.lease();
            }
        };
    }

    /** Of one that has left, a renewal that was under way misses what the leaving took away. */
    private void lost(InterruptReason reason) {
        if (!left) {
            side.lost(reason);
        }
    }

    /** Nothing more is read: what lies in the queue goes, and what comes late is refused. */
    void quit() {
        var unused = node.run(Script.QUIT, new String[] {keys.lease(name), keys.queue(epoch)});
    }

    /** The side has left, or the transfer is over: nobody need wait for it any more. */
    void quiet() {
        quiet.complete(null);
    }

    /** Waits until the side is quiet, or the time is over. */
    void awaitEnd(long nanos) throws InterruptedException {
        try {
            quiet.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Whoever waits has something to say now.
        }
    }

    /** Completed when nothing more is to be said. */
    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    /** Ends the stay: nothing of it is left. */
    void leave() {
        left = true;
        quiet();
        lease.stop();
        node.deafen(name);
        node.stays.remove(this);
        String[] mine = {keys.lease(name), keys.signal(name), keys.queue(epoch)};
        node.connections
                .shared()
                .thenCompose(link -> link.commands().del(mine))
                .whenComplete((gone, e) -> ended.complete(null));
    }
}
