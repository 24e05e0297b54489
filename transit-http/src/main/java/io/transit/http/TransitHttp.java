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
     * {@linkplain #mount(WebServerConfig.Builder, String) Mounts} at the root. Whatever else the server has is asked first,
     * and sees every request without its body.
     *
     * @param server the server's configuration, changed by this
     */
    public void mount(WebServerConfig.Builder server) {
        mount(server, BasePath.ROOT.path());
    }

    /**
     * Puts the endpoints into a server that is still to be built, under a path: their routes, the connections and options of
     * its default socket. To be called last, as what is set of these afterwards would undo it: that fails when the server is
     * built. TLS that was set before goes on to work, done by these endpoints. What the server has under other paths stays as it
     * is, except that WebSockets which are not transit's need a socket of their own.
     *
     * @param server the server's configuration, changed by this
     * @param path what links, pages and assets begin with, like {@code /share}
     * @throws IllegalArgumentException if the path does not begin with a slash, or has other characters than ASCII letters,
     *     digits, and {@code - . _ ~} between its slashes
     */
    public void mount(WebServerConfig.Builder server, String path) {
        var base = BasePath.of(path);
        var channels = new AcceptedChannels(settings);
        var assets = new Assets(base);
        var misses = new Misses(settings.maxMisses());
        var heads = new RequestHeads(base, new Proxies(settings.trustedProxies()));
        var upgrader = new WebSocketUpgrader(base, rendezvous, settings, misses);
        server.connectionOptions(channels)
                .addConnectionSelector(
                        new Connections(channels, settings, heads, Encryption.takeOver(server), upgrader))
                // What goes through the library's own writes must not lose bytes when a client is slow: docs/adr/0004.
                .useNio(false)
                .writeQueueLength(0)
                .addFeature(new MountedRoutes(
                        base, channels, assets, new Dispatcher(base, rendezvous, settings, assets, misses)));
        if (base.isRoot()) {
            server.directHandlers(UnreadableRequests.handlers())
                    // It is these handlers that get the message of an error; no client does.
                    .errorHandling(errors -> errors.includeEntity(true));
        }
    }
}
