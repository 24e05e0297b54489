/** The same contract between nodes, over Redis. */
module io.transit.redis {
    requires transitive io.transit.core;
    requires static org.jspecify;
    requires lettuce.core;
    requires io.netty.buffer;
    requires io.netty.handler;
    requires io.netty.transport;

    exports io.transit.redis;
}
