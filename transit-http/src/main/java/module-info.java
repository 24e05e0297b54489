/** The endpoints. */
module io.transit.http {
    requires io.helidon.common.buffers;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.common.socket;
    requires io.helidon.common.task;
    requires io.helidon.http;
    requires transitive io.helidon.webserver;
    requires transitive io.transit.core;
    requires static org.jspecify;
    requires tools.jackson.core;

    exports io.transit.http;
}
