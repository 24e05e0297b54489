package io.transit.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Ends the connection of every request that had a body, whoever served it: since the server does not know of the body, it
 * would take what is unread of it for the next request. Sees to it, too, that an answer with {@code Connection: close} is the
 * last one.
 */
record LastRequests(BasePath base) implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Connection connection = Connections.current();
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
}
