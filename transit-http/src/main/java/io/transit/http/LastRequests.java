package io.transit.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Optional;

/**
 * Ends the connection of every request that had a body, whoever served it: since the server does not know of the body, it
 * would take what is unread of it for the next request. Sees to it, too, that an answer with {@code Connection: close} is the
 * last one, and that a connection which is one too many gets only one.
 */
record LastRequests(BasePath base) implements Filter {
    private static final String OBSERVED = "/observe/health";

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Connection connection = Connections.current();
        Optional<Refusal> refusal = connection.place().refusal();
        if (refusal.isPresent() && !isHealth(connection.target())) {
            connection.heads().last();
            new Exchange(base, request, response)
                    .answer(refusal.get().status(), refusal.get().why());
            return;
        }
        if (connection.framing() instanceof BodyFraming.Malformed(var status, var why)) {
            new Exchange(base, request, response).answer(status, why);
            return;
        }
        chain.proceed();
        if (response.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            connection.heads().last();
        }
        if (!(connection.framing() instanceof BodyFraming.None)) {
            connection.close();
            throw new CloseConnectionException("the request had a body that nobody read");
        }
    }

    /** Asked for by those who would end a server that does not answer, just when it has most to do. */
    private boolean isHealth(String target) {
        return target.equals(OBSERVED) || target.startsWith(OBSERVED + "/") || target.equals(base.path() + "health");
    }
}
