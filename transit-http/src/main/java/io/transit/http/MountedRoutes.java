package io.transit.http;

import io.helidon.common.Weighted;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.spi.ServerFeature;

/**
 * Adds the routes to whatever routing the server has, behind its own: what else it serves at the same path is asked first.
 * It also sees the configuration as it has become, and refuses one that would lose bytes.
 */
record MountedRoutes(BasePath base, AcceptedChannels channels, Assets assets, Dispatcher dispatcher)
        implements ServerFeature, Weighted {
    /** Below that of routes which are no feature's. */
    private static final double WEIGHT = Weighted.DEFAULT_WEIGHT / 2;

    @Override
    public void setup(ServerFeatureContext server) {
        requireUnchanged(server.serverConfig());
        HttpRouting.Builder routing =
                server.socket(WebServer.DEFAULT_SOCKET_NAME).httpRouting();
        routing.addFilter(new LastRequests(base)).register(base.path() + Assets.PATTERN, assets);
        if (base.isRoot()) {
            routing.any(dispatcher);
        } else {
            routing.register(base.withoutSlash(), rules -> rules.any(dispatcher));
        }
    }

    private void requireUnchanged(WebServerConfig config) {
        require(config.connectionOptions() == channels, "connectionOptions were set after transit was mounted");
        require(!config.useNio(), "useNio was set after transit was mounted: its writes lose bytes");
        require(config.writeQueueLength() == 0, "writeQueueLength was set after transit was mounted");
        require(config.tls().isEmpty() || !config.tls().get().enabled(), "TLS was set after transit was mounted");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public double weight() {
        return WEIGHT;
    }

    @Override
    public String name() {
        return "transit at " + base.path();
    }

    @Override
    public String type() {
        return "transit";
    }
}
