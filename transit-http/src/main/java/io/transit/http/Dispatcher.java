package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.transit.core.Rendezvous;
import java.util.List;

/** Finds out what a request wants, by its method and its path, and has it done. */
final class Dispatcher implements Handler {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getPackageName());

    private final SendHandler send;
    private final ReceiveHandler receive;

    Dispatcher(Rendezvous rendezvous, HttpSettings settings) {
        this.send = new SendHandler(rendezvous, settings);
        this.receive = new ReceiveHandler(rendezvous);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        var exchange = new Exchange(request, response);
        try {
            if (exchange.framing() instanceof BodyFraming.Malformed(Status status, String why)) {
                throw new Refusal(status, why);
            }
            dispatch(exchange);
        } catch (Refusal e) {
            exchange.answer(e.status(), e.why());
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            // Nothing that was thrown somewhere is fit to be read by a stranger.
            LOG.log(System.Logger.Level.ERROR, "a request failed", e);
            exchange.fail(e);
        }
    }

    private void dispatch(Exchange exchange) {
        if (exchange.isHandshake()) {
            exchange.refuseHandshake();
        }
        List<String> path = RawPath.segments(exchange.rawPath());
        Method method = exchange.method();
        if (method.equals(Method.PUT) || method.equals(Method.POST)) {
            send.handle(exchange);
        } else if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
            notAllowed(exchange);
        } else if (path.equals(List.of(""))) {
            exchange.answer(Status.OK_200, Usage.text(exchange.origin()));
        } else if (path.equals(List.of("health"))) {
            health(exchange);
        } else if (path.size() > 2) {
            throw new Refusal(Status.NOT_FOUND_404, "a link is /{id}");
        } else {
            receive.handle(exchange, Ids.of(path.get(0)));
        }
    }

    private static void health(Exchange exchange) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderValues.CONTENT_TYPE_JSON);
        exchange.answer(Status.OK_200, headers, "{\"status\":\"ok\"}");
    }

    private static void notAllowed(Exchange exchange) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderNames.ALLOW, "GET, HEAD, POST, PUT");
        headers.set(HeaderValues.CONTENT_TYPE_TEXT_PLAIN);
        exchange.answer(Status.METHOD_NOT_ALLOWED_405, headers, "send with PUT or POST, receive with GET\n");
    }
}
