/** The endpoints. */
@SuppressWarnings("opens")
module io.transit.http {
    requires io.helidon.common;
    requires io.helidon.common.buffers;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.common.socket;
    requires io.helidon.common.task;
    requires io.helidon.common.tls;
    requires io.helidon.http;
    requires transitive io.helidon.webserver;
    requires io.helidon.webserver.staticcontent;
    requires io.nayuki.qrcodegen;
    requires transitive io.transit.core;
    requires static org.jspecify;
    requires jdk.net;
    requires tools.jackson.core;

    exports io.transit.http;

    // For the library that serves these files; there is no class among them, which is what the warning would be about.
    opens io.transit.http.web;
}
