package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.transit.core.TransferId;
import io.transit.redis.testing.RedisResource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each script by itself: what it returns, and what it leaves. */
@ExtendWith(RedisResource.class)
class ScriptTest {
    private static final String TTL = "60000";

    private final RedisKeys keys = new RedisKeys("s" + Node.random(), TransferId.random());
    private final RedisClient client = RedisClient.create(RedisResource.uri());
    private final StatefulRedisConnection<String, ByteBuffer> redis = client.connect(new BytesCodec());

    @BeforeEach
    void offer() {
        assertThat(offer("a:1", "a")).isEqualTo(1L);
    }

    @AfterEach
    void close() {
        redis.close();
        client.close();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T run(Script script, List<String> names, String... arguments) {
        ByteBuffer[] bytes = Arrays.stream(arguments).map(Text::bytes).toArray(ByteBuffer[]::new);
        return script.<T>run(redis.async(), names.toArray(String[]::new), bytes)
                .toCompletableFuture()
                .join();
    }

    private Object offer(String owner, String node) {
        return run(
                Script.OFFER,
                List.of(keys.offer(), keys.signal(), keys.status()),
                owner,
                node,
                TTL,
                "at-" + node,
                "body",
                "hash",
                "offered",
                "1000",
                keys.offered());
    }

    private List<String> enter(Script script, String channel, String... proof) {
        String[] arguments = {channel, TTL, "letter", "wake"};
        List<Object> answer = run(
                script,
                List.of(keys.offer(), keys.status(), keys.lease("g"), keys.signal()),
                Stream.concat(Arrays.stream(arguments), Arrays.stream(proof)).toArray(String[]::new));
        return answer.stream().map(Text::of).toList();
    }

    private Object begin(String epoch) {
        return run(
                Script.BEGIN,
                List.of(keys.lease("g"), keys.signal("g"), keys.queue(0)),
                "a:1",
                epoch,
                "5",
                "go",
                TTL,
                "at-b",
                "wake");
    }

    private Object push(String epoch, int sequence) {
        var link = new Payload("", redis);
        String[] names = {keys.queue(Long.parseLong(epoch)), keys.lease("g"), keys.offer()};
        return link.push(
                        names,
                        Text.bytes("record" + sequence),
                        Text.bytes(epoch),
                        Text.bytes("" + sequence),
                        Text.bytes(TTL))
                .toCompletableFuture()
                .join();
    }

    private Object end(String owner) {
        List<Object> letters = run(
                Script.END,
                List.of(keys.offer(), keys.signal(), keys.status()),
                owner,
                "body",
                "completed 7",
                "",
                TTL,
                keys.offered(),
                "hash");
        return letters.stream().map(Text::of).toList();
    }

    private Object renew(String owner) {
        return run(Script.RENEW, List.of(keys.offer(), keys.signal()), owner, TTL, "streaming 3", "-1", keys.offered());
    }

    @Test
    void offer_takes_an_id_once_but_lets_a_node_replace_its_own_past() {
        assertThat(offer("b:1", "b")).isEqualTo(0L);
        assertThat(offer("a:1", "a")).isEqualTo(1L);
        assertThat(offer("a:2", "a")).isEqualTo(1L);
        assertThat(redis.sync().pttl(keys.offer())).isPositive();
    }

    @Test
    void withdraw_leaves_what_is_anothers() {
        assertThat(this.<Object>run(Script.WITHDRAW, List.of(keys.offer(), keys.signal()), "b:1"))
                .isEqualTo(0L);
        assertThat(this.<Object>run(Script.WITHDRAW, List.of(keys.offer(), keys.signal()), "a:1"))
                .isEqualTo(1L);
        assertThat(redis.sync().exists(keys.offer())).isZero();
    }

    @Test
    void renew_tells_whose_the_id_is_and_how_many_letters_there_are() {
        assertThat(renew("a:1")).isEqualTo(1L);
        enter(Script.CLAIM, "at-b");
        assertThat(renew("a:1")).isEqualTo(2L);
        assertThat(renew("b:1")).isEqualTo(-1L);
        end("a:1");
        assertThat(renew("a:1")).isEqualTo(0L);
    }

    @Test
    void look_sees_an_offer_and_then_its_end() {
        List<Object> open = run(Script.LOOK, List.of(keys.offer(), keys.status()));
        assertThat(Text.of(open.get(0))).isEqualTo("open");
        assertThat((Long) open.get(3)).isBetween(0L, 1_000L);
        end("a:1");
        List<Object> over = run(Script.LOOK, List.of(keys.offer(), keys.status()));
        assertThat(Text.of(over.get(2))).isEqualTo("completed 7");
        assertThat(Text.of(over.get(6))).isEqualTo("hash");
        redis.sync().del(keys.status());
        List<Object> nothing = run(Script.LOOK, List.of(keys.offer(), keys.status()));
        assertThat(nothing).isEmpty();
    }

    @Test
    void claim_enters_what_is_open_and_nothing_else() {
        assertThat(enter(Script.CLAIM, "at-b")).containsExactly("open", "body", "a:1", "at-a", "a");
        assertThat(redis.sync().pttl(keys.lease("g"))).isPositive();
        assertThat(redis.sync().pttl(keys.signal())).isPositive();
        assertThat(end("a:1")).isEqualTo(List.of("letter"));
        assertThat(enter(Script.CLAIM, "at-b")).containsExactly("over", "completed 7");
        redis.sync().del(keys.status());
        assertThat(enter(Script.CLAIM, "at-b")).containsExactly("none");
    }

    @Test
    void resume_asks_for_the_token() {
        assertThat(enter(Script.RESUME, "at-b", "other")).containsExactly("token");
        assertThat(redis.sync().exists(keys.lease("g"), keys.signal())).isZero();
        assertThat(enter(Script.RESUME, "at-b", "hash")).startsWith("open");
    }

    @Test
    void tell_writes_only_to_one_who_is_there() {
        List<String> names = List.of(keys.signal("g"), keys.lease("g"));
        assertThat(this.<Object>run(Script.TELL, names, "a:1", "hello", TTL, "at-b", "wake"))
                .isEqualTo(0L);
        assertThat(redis.sync().exists(keys.signal("g"))).isZero();
        enter(Script.CLAIM, "at-b");
        assertThat(this.<Object>run(Script.TELL, names, "a:1", "hello", TTL, "at-b", "wake"))
                .isEqualTo(1L);
        assertThat(redis.sync().pttl(keys.signal("g"))).isPositive();
    }

    @Test
    void T13_push_refuses_what_is_old_drops_what_is_repeated_and_finds_gaps() {
        enter(Script.CLAIM, "at-b");
        assertThat(push("1", 0)).isEqualTo(-2L);
        assertThat(begin("1")).isEqualTo(1L);
        assertThat(push("1", 0)).isEqualTo(5L);
        assertThat(push("1", 0)).isEqualTo(5L);
        assertThat(push("1", 2)).isEqualTo(-4L);
        assertThat(push("0", 1)).isEqualTo(-1L);
        assertThat(redis.sync().llen(keys.queue(1))).isEqualTo(1);
        assertThat(redis.sync().pttl(keys.queue(1))).isPositive();
        redis.sync().del(keys.offer(), keys.lease("g"));
        assertThat(push("1", 1)).isEqualTo(-3L);
    }

    @Test
    void begin_of_a_guest_who_is_gone_leaves_nothing() {
        assertThat(begin("1")).isEqualTo(0L);
        assertThat(redis.sync().exists(keys.lease("g"), keys.signal("g"))).isZero();
    }

    @Test
    void ack_never_takes_credit_back() {
        enter(Script.CLAIM, "at-b");
        begin("1");
        assertThat(ack("1", 9)).isEqualTo(1L);
        assertThat(ack("1", 8)).isEqualTo(1L);
        assertThat(ack("2", 10)).isEqualTo(0L);
        assertThat(push("1", 0)).isEqualTo(9L);
    }

    private Object ack(String epoch, int position) {
        return run(Script.ACK, List.of(keys.lease("g"), keys.queue(1)), epoch, "" + position, TTL, "at-a", "wake");
    }

    @Test
    void quit_fences_off_what_is_pushed_later() {
        assertThat(this.<Object>run(Script.QUIT, List.of(keys.lease("g"), keys.queue(1))))
                .isEqualTo(0L);
        enter(Script.CLAIM, "at-b");
        begin("1");
        push("1", 0);
        assertThat(this.<Object>run(Script.QUIT, List.of(keys.lease("g"), keys.queue(1))))
                .isEqualTo(1L);
        assertThat(push("1", 1)).isEqualTo(-1L);
        assertThat(redis.sync().exists(keys.queue(1))).isZero();
    }

    @Test
    void keep_tells_who_is_lost() {
        enter(Script.CLAIM, "at-b");
        assertThat(keep()).isEqualTo("open");
        redis.sync().del(keys.lease("g"));
        assertThat(keep()).isEqualTo("guest");
        enter(Script.CLAIM, "at-b");
        end("a:1");
        assertThat(keep()).isEqualTo("over");
        redis.sync().del(keys.status());
        assertThat(keep()).isEqualTo("home");
        redis.sync().del(keys.lease("g"));
        assertThat(keep()).isEqualTo("store");
    }

    private String keep() {
        List<Object> answer = run(
                Script.KEEP,
                List.of(keys.lease("g"), keys.signal("g"), keys.queue(1), keys.offer(), keys.status()),
                "a:1",
                TTL);
        return Text.of(answer.get(0));
    }

    @Test
    void end_leaves_a_status_and_only_the_owner_ends() {
        assertThat(end("b:1")).isEqualTo(List.of());
        assertThat(redis.sync().exists(keys.offer())).isEqualTo(1);
        end("a:1");
        assertThat(redis.sync().exists(keys.offer(), keys.signal())).isZero();
        assertThat(redis.sync().pttl(keys.status())).isPositive();
    }
}
