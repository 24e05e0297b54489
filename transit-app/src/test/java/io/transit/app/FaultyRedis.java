package io.transit.app;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.transit.redis.testing.RedisServer;
import java.nio.file.Path;
import java.util.function.Function;

/** A Redis of one's own, always at the same address, that faults happen to. */
final class FaultyRedis implements AutoCloseable {
    private final int port = RedisServer.freePort();
    private RedisServer server;
    private String process;

    FaultyRedis() {
        start();
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    void start() {
        server = RedisServer.onPort(port);
        process = command(commands -> commands.info("server")).replaceAll("(?s).*process_id:(\\d+).*", "$1");
    }

    void kill() {
        server.close();
    }

    /** Sends its process a signal. */
    void signal(String name) throws Exception {
        Shell.run(Path.of("."), "kill -" + name + " " + process);
    }

    /** Gives it one command, on a connection of its own. */
    <T> T command(Function<RedisCommands<String, String>, T> command) {
        try (var client = RedisClient.create(uri());
                var connection = client.connect()) {
            return command.apply(connection.sync());
        }
    }

    @Override
    public void close() {
        kill();
    }
}
