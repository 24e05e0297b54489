package io.transit.redis;

import io.transit.core.InterruptReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** How a home reaches one of its guests. */
final class Correspondent {
    /** Nobody reads there any more. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Node node;
    private final RedisKeys keys;
    private final String owner;
    private final String name;
    private final String channel;

    /**
     * Writes nothing yet.
     *
     * @param owner of the transfer
     * @param name of the guest
     * @param channel where the guest's node hears
     */
    Correspondent(Node node, RedisKeys keys, String owner, String name, String channel) {
        this.node = node;
        this.keys = keys;
        this.owner = owner;
        this.name = name;
        this.channel = channel;
    }

    String name() {
        return name;
    }

    /** Writes; if that fails, the lease tells. */
    CompletionStage<Long> tell(Letter letter) {
        return node.run(
                Script.TELL,
                new String[] {keys.signal(name), keys.lease(name)},
                Text.bytes(owner),
                Text.bytes(Letter.write(letter)),
                node.leaseMillis(),
                Text.bytes(channel),
                Node.wake(name));
    }

    /** Begins an attempt over a connection of its own, which is returned for what follows; fails with {@link Gone}. */
    CompletionStage<Payload> begin(long epoch, long offset, long before) {
        return node.connections
                .borrow(keys.queue(epoch))
                .thenCompose(link -> Script.BEGIN
                        .<Long>run(
                                link.commands(),
                                new String[] {keys.lease(name), keys.signal(name), keys.queue(before)},
                                Text.bytes(owner),
                                Text.bytes(Long.toHexString(epoch)),
                                Text.bytes(offset),
                                Text.bytes(Letter.write(new Letter.Go(epoch, offset))),
                                node.leaseMillis(),
                                Text.bytes(channel),
                                Node.wake(name))
                        .handle((begun, e) -> {
                            if (e == null && begun == 1) {
                                return link;
                            }
                            node.connections.discard(link);
                            throw new CompletionException(e == null ? new Gone() : e);
                        }));
    }

    /** Tells a guest that writes how far its reader is. */
    void credit(long epoch, long position) {
        var unused = Acks.send(node, keys, name, channel, epoch, position);
    }

    /** Returns how long the guest's lease lasts; looks at the credit that it gave, too. */
    CompletionStage<Duration> look(Guest guest) {
        CompletionStage<Long> left =
                node.connections.shared().thenCompose(link -> link.commands().pttl(keys.lease(name)));
        CompletionStage<List<io.lettuce.core.KeyValue<String, ByteBuffer>>> said = node.connections
                .shared()
                .thenCompose(link -> link.commands().hmget(keys.lease(name), "attempt", "taken"));
        return left.thenCombine(said, (millis, fields) -> {
            if (millis < 0) {
                guest.lost(InterruptReason.NODE_LOST);
                return node.settings.lease();
            }
            if (fields.get(1).hasValue() && !Text.of(fields.get(0).getValue()).equals("-")) {
                long epoch = HexFormat.fromHexDigitsToLong(Text.of(fields.get(0).getValue()));
                guest.credit(epoch, Long.parseLong(Text.of(fields.get(1).getValue())));
            }
            return Duration.ofMillis(millis);
        });
    }

    static CompletionStage<Duration> never(Node node) {
        return CompletableFuture.completedStage(node.settings.lease());
    }
}
