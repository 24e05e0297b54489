package io.transit.app;

import java.time.Duration;

/** What befalls a Redis, in the middle of what goes between nodes; and how it is over. */
enum RedisFault {
    /** Is not there for longer than anybody waits for it. */
    KILLED(11_000) {
        @Override
        void strike(FaultyRedis redis) {
            redis.kill();
        }

        @Override
        void heal(FaultyRedis redis) {
            redis.start();
        }
    },
    /** Is there again at once, and knows nothing any more. */
    RESTARTED(0) {
        @Override
        void strike(FaultyRedis redis) {
            redis.kill();
            redis.start();
        }
    },
    /** Keeps its connections, and neither reads nor answers. */
    STOPPED(5_000) {
        @Override
        void strike(FaultyRedis redis) throws Exception {
            redis.signal("STOP");
        }

        @Override
        void heal(FaultyRedis redis) throws Exception {
            redis.signal("CONT");
        }
    },
    /** Reads, and answers late. */
    PAUSED(3_000) {
        @Override
        void strike(FaultyRedis redis) {
            redis.command(commands -> commands.clientPause(3_000));
        }
    },
    /** Knows nothing any more, and goes on. */
    FLUSHED(0) {
        @Override
        void strike(FaultyRedis redis) {
            redis.command(commands -> commands.flushall());
        }
    },
    /** Knows the data, but no script any more. */
    SCRIPTS_FLUSHED(0) {
        @Override
        void strike(FaultyRedis redis) {
            redis.command(commands -> commands.scriptFlush());
        }
    },
    /** Takes nothing that needs memory. */
    FULL(3_000) {
        @Override
        void strike(FaultyRedis redis) {
            redis.command(commands -> commands.configSet("maxmemory", "1"));
        }

        @Override
        void heal(FaultyRedis redis) {
            redis.command(commands -> commands.configSet("maxmemory", "0"));
        }
    };

    private final int millis;

    RedisFault(int millis) {
        this.millis = millis;
    }

    abstract void strike(FaultyRedis redis) throws Exception;

    void heal(FaultyRedis redis) throws Exception {
        // It is over by itself.
    }

    /** How long it lasts. */
    Duration time() {
        return Duration.ofMillis(millis);
    }
}
