package io.transit.redis;

import io.transit.core.TransferId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a server will do, by what it tells of itself. */
final class Checkup {
    /** The first that has BLMPOP, with which payload is taken. */
    private static final int LEAST_VERSION = 7;

    private static final Pattern FIELD = Pattern.compile("^([a-z_]+):(.*?)\\r?$", Pattern.MULTILINE);

    private final RedisSettings settings;
    private final boolean cluster;

    Checkup(RedisSettings settings, RedisAddress address) {
        this.settings = settings;
        this.cluster = address instanceof RedisAddress.Cluster;
    }

    /** Makes an offer that nobody sees, and withdraws it: whoever may do that may write here. */
    CompletionStage<?> rehearse(Link link) {
        var keys = new RedisKeys(settings.prefix(), TransferId.random());
        String[] names = {keys.offer(), keys.signal(), keys.status()};
        ByteBuffer owner = Text.bytes(Node.random());
        ByteBuffer time = Text.bytes(settings.lease().toMillis());
        ByteBuffer nothing = Text.bytes("");
        return Script.OFFER
                .run(
                        link.commands(),
                        names,
                        owner,
                        owner,
                        time,
                        nothing,
                        nothing,
                        nothing,
                        nothing,
                        Text.bytes(-1),
                        Text.bytes(keys.offered()))
                .thenCompose(made ->
                        Script.WITHDRAW.run(link.commands(), new String[] {keys.offer(), keys.signal()}, owner));
    }

    /** Teaches a server all scripts, so that none has to be sent again behind one that was asked for later. */
    CompletionStage<?> teach(Payload server) {
        return CompletableFuture.allOf(Arrays.stream(Script.values())
                .map(script -> server.commands().scriptLoad(script.text()).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Asks a server; fails with {@link Trouble.Unfit} if it will not do. Completes with what it keeps to itself, if anything. */
    CompletionStage<Optional<String>> examine(Payload server) {
        return server.commands()
                .info()
                .toCompletableFuture()
                .orTimeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(e -> "")
                .thenApply(info -> {
                    Map<String, String> fields = fields(info);
                    fault(fields).ifPresent(fault -> {
                        throw new Trouble.Unfit(fault);
                    });
                    return fields.containsKey("maxmemory_policy")
                            ? Optional.empty()
                            : Optional.of(
                                    "does not tell what it does when it is full (INFO): its maxmemory-policy has to be noeviction");
                });
    }

    private static Map<String, String> fields(String info) {
        return FIELD.matcher(info)
                .results()
                .collect(Collectors.toMap(field -> field.group(1), field -> field.group(2), (one, other) -> one));
    }

    /** Says what forbids to entrust anything to it. */
    Optional<String> fault(Map<String, String> info) {
        String version = info.getOrDefault("redis_version", "");
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        if (version.matches("\\d+\\..*")
                && Integer.parseInt(version.substring(0, version.indexOf('.'))) < LEAST_VERSION) {
            return Optional.of("is of version " + version + ": transit needs 7.0 or later, or Valkey");
        }
        if (!cluster && info.getOrDefault("redis_mode", "").equals("cluster")) {
            return Optional.of("belongs to a Cluster: begin the address with redis-cluster:// or rediss-cluster://");
        }
        if (info.getOrDefault("role", "").equals("slave")) {
            return Optional.of("is a replica, and takes nothing: name its master in the address, or its Sentinels");
        }
        if (!policy.equals("noeviction") && !info.getOrDefault("maxmemory", "0").equals("0")) {
            return Optional.of("may drop what running transfers need, as its maxmemory-policy is " + policy
                    + ": set it to noeviction (CONFIG SET maxmemory-policy noeviction, and in its configuration)");
        }
        return Optional.empty();
    }
}
