package io.transit.http;

import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServerConfig;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS as the server was configured for it, taken over: the library's own goes through streams, which cannot be timed, and knows
 * nothing of an end that is out of order.
 *
 * @param tls keys, certificates, protocols
 */
record Encryption(Tls tls) {
    private static final String HTTP_1_1 = "http/1.1";

    /** Takes what a server was configured with away from it; empty if that is nothing. */
    static Optional<Encryption> takeOver(WebServerConfig.Builder server) {
        Optional<Encryption> ours = server.tls().filter(Tls::enabled).map(Encryption::new);
        server.clearTls();
        return ours;
    }

    /** Returns an engine for one more connection. */
    SSLEngine engine() {
        SSLEngine engine = tls.sslContext().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = tls.sslParameters();
        // Whom a client thinks to talk to is for the client to say.
        parameters.setEndpointIdentificationAlgorithm("");
        parameters.setApplicationProtocols(new String[] {HTTP_1_1});
        engine.setSSLParameters(parameters);
        return engine;
    }
}
