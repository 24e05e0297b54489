/** The same contract between nodes, over Redis. */
module io.transit.redis {
    requires transitive io.transit.core;
    requires static org.jspecify;

    exports io.transit.redis;
}
