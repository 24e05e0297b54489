package io.transit.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The steps that Redis takes at once. What each does, and what it returns, is said at the head of its file. */
enum Script {
    OFFER(ScriptOutputType.INTEGER),
    WITHDRAW(ScriptOutputType.INTEGER),
    RENEW(ScriptOutputType.INTEGER),
    LOOK(ScriptOutputType.MULTI),
    CLAIM(ScriptOutputType.MULTI),
    RESUME(ScriptOutputType.MULTI),
    TELL(ScriptOutputType.INTEGER),
    BEGIN(ScriptOutputType.INTEGER),
    ADMIT(ScriptOutputType.INTEGER),
    ACK(ScriptOutputType.INTEGER),
    QUIT(ScriptOutputType.INTEGER),
    KEEP(ScriptOutputType.MULTI),
    END(ScriptOutputType.MULTI);

    private final ScriptOutputType output;
    private final String text;
    private final String sha1;

    Script(ScriptOutputType output) {
        this.output = output;
        this.text = load(name().toLowerCase(Locale.ROOT) + ".lua");
        this.sha1 = sha1(text);
    }

    /** Runs this, by its hash where Redis knows it. */
    <T> CompletionStage<T> run(
            RedisClusterAsyncCommands<String, ByteBuffer> redis, String[] keys, ByteBuffer... arguments) {
        CompletionStage<T> known = redis.evalsha(sha1, output, keys, arguments);
        return known.exceptionallyCompose(e -> {
            if (e instanceof RedisNoScriptException || e.getCause() instanceof RedisNoScriptException) {
                return redis.<T>eval(text, output, keys, arguments);
            }
            throw new CompletionException(e);
        });
    }

    /** Sends the text itself: for where nobody could ask a second time. */
    <T> CompletionStage<T> send(
            RedisClusterAsyncCommands<String, ByteBuffer> redis, String[] keys, ByteBuffer... arguments) {
        return redis.eval(text, output, keys, arguments);
    }

    String text() {
        return text;
    }

    private static String load(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the script is missing: " + file);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Redis names a script by this; it protects nothing. */
    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
