package io.transit.http;

import io.helidon.webserver.WebServerConfig;
import io.transit.core.Rendezvous;

/**
 * The endpoints of transit, for a Helidon web server.
 *
 * <pre>{@code
 * var server = WebServer.builder().port(8080);
 * TransitHttp.create(new InMemoryRendezvous()).mount(server);
 * server.build().start();
 * }</pre>
 *
 * <p>An instance serves one server.
 */
public final class TransitHttp {
    private final Rendezvous rendezvous;
    private final HttpSettings settings;

    private TransitHttp(Rendezvous rendezvous, HttpSettings settings) {
        this.rendezvous = rendezvous;
        this.settings = settings;
    }

    /**
     * Creates endpoints with the {@linkplain HttpSettings#DEFAULT default settings}.
     *
     * @param rendezvous where senders and receivers meet; closed by whoever made it
     * @return the endpoints
     */
    public static TransitHttp create(Rendezvous rendezvous) {
        return create(rendezvous, HttpSettings.DEFAULT);
    }

    /**
     * Creates endpoints.
     *
     * @param rendezvous where senders and receivers meet; closed by whoever made it
     * @param settings what the operator chose
     * @return the endpoints
     */
    public static TransitHttp create(Rendezvous rendezvous, HttpSettings settings) {
        return new TransitHttp(rendezvous, settings);
    }

    /**
     * Puts the endpoints into a server that is still to be built: its routing, its connections and its socket options. It
     * becomes the server's only routing: of others that were or will be set, the last one counts. Features are asked first if
     * their weight is above 100; they see every request without its body.
     *
     * @param server the server's configuration, changed by this
     */
    public void mount(WebServerConfig.Builder server) {
        var channels = new AcceptedChannels();
        var assets = new Assets();
        server.connectionOptions(channels)
                .addConnectionSelector(
                        new Connections(channels, new RequestHeads(), new WebSocketUpgrader(rendezvous, settings)))
                // What goes through the library's own writes must not lose bytes when a client is slow: docs/adr/0004.
                .useNio(false)
                .writeQueueLength(0)
                .directHandlers(UnreadableRequests.handlers())
                .routing(routing -> routing.addFilter(new UnreadBodies())
                        .register("/" + Assets.PATTERN, assets)
                        .any(new Dispatcher(rendezvous, settings, assets)));
    }
}
