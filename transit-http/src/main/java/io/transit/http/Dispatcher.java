package io.transit.http;

import static java.util.stream.Collectors.joining;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.transit.core.Offer;
import io.transit.core.Rendezvous;
import io.transit.core.TransferId;
import io.transit.core.TransferStatus;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Finds out what a request wants, by its method and its path, and has it done. */
final class Dispatcher implements Handler {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getPackageName());

    private static final List<Method> METHODS = List.of(Method.GET, Method.HEAD, Method.POST, Method.PUT);
    private static final List<String> TRANSFERS = List.of("api", "transfers");

    private final BasePath base;
    private final Rendezvous rendezvous;
    private final SendHandler send;
    private final ReceiveHandler receive;
    private final StatusHandler status;
    private final Assets assets;
    private final Misses misses;
    private final Pages pages;
    private final Answers answers;

    Dispatcher(BasePath base, Rendezvous rendezvous, HttpSettings settings, Assets assets, Misses misses) {
        this.misses = misses;
        this.base = base;
        this.rendezvous = rendezvous;
        this.assets = assets;
        this.pages = new Pages(base, assets);
        this.answers = new Answers(pages);
        this.send = new SendHandler(rendezvous, settings, answers);
        this.receive = new ReceiveHandler(rendezvous, settings, answers);
        this.status = new StatusHandler(rendezvous, settings, answers, misses);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Optional<AbsoluteForm> absolute =
                AbsoluteForm.of(request.prologue().uriPath().rawPath());
        if (absolute.isPresent()) {
            response.reroute(absolute.get().path(), request.query());
            return;
        }
        var exchange = new Exchange(base, request, response);
        attempt(exchange, () -> dispatch(exchange));
    }

    private void attempt(Exchange exchange, Runnable work) {
        try {
            work.run();
        } catch (Refusal e) {
            answers.error(exchange, e.status(), e.why());
        } catch (CloseConnectionException e) {
            throw e;
        } catch (UncheckedIOException e) {
            // The client did not wait for its answer, which is no fault of ours.
            throw exchange.cut(e);
        } catch (RuntimeException e) {
            // Nothing that was thrown somewhere is fit to be read by a stranger.
            LOG.log(System.Logger.Level.ERROR, "a request failed", e);
            exchange.fail(e);
        }
    }

    private void dispatch(Exchange exchange) {
        if (exchange.lacksSlash()) {
            exchange.redirectToBase();
            return;
        }
        if (exchange.isHandshake()) {
            exchange.refuseHandshake();
        }
        Method method = exchange.method();
        if (!METHODS.contains(method)) {
            // Whatever its target is: that of OPTIONS may be no path.
            notAllowed(exchange);
            return;
        }
        List<String> path = RawPath.segments(exchange.rawPath());
        boolean posted = method.equals(Method.POST);
        if (posted && exchange.hasParameter("download")) {
            take(exchange, id(path));
        } else if (posted || method.equals(Method.PUT)) {
            requireSameOrigin(exchange);
            offer(exchange);
        } else {
            show(exchange, path);
        }
    }

    /** A page of another site may not make its visitor's browser send or receive here. */
    private static void requireSameOrigin(Exchange exchange) {
        if (!exchange.isSameOrigin()) {
            throw new Refusal(Status.FORBIDDEN_403, "this request was made by a page of another site");
        }
    }

    /** Beneath the server's frames, as a sender may wait for long; but a refusal of one without a body leaves it its connection. */
    private void offer(Exchange exchange) {
        if (exchange.framing() instanceof BodyFraming.None) {
            send.handle(exchange);
        } else {
            throw exchange.handOver(() -> offerAlone(exchange));
        }
    }

    private void offerAlone(Exchange exchange) {
        try {
            attempt(exchange, () -> send.handle(exchange));
        } catch (Error e) {
            // The server, which tells of such things, is out of it.
            LOG.log(System.Logger.Level.ERROR, "a request failed", e);
            throw e;
        }
    }

    private void show(Exchange exchange, List<String> path) {
        Optional<Page> wellKnown = path.size() == 1 ? assets.wellKnown(path.get(0)) : Optional.empty();
        if (wellKnown.isPresent()) {
            Answers.page(exchange, Status.OK_200, wellKnown.get());
        } else if (path.equals(List.of(""))) {
            if (Visitor.of(exchange) == Visitor.TOOL) {
                exchange.answer(Status.OK_200, Usage.text(exchange.origin()));
            } else {
                Answers.page(exchange, Status.OK_200, pages.send());
            }
        } else if (path.equals(List.of("help"))) {
            exchange.answer(Status.OK_200, Usage.text(exchange.origin()));
        } else if (path.equals(List.of("health"))) {
            health(exchange);
        } else if (path.size() >= 3 && path.subList(0, 2).equals(TRANSFERS)) {
            status.handle(exchange, Ids.of(path.get(2)), path.subList(3, path.size()));
        } else {
            visit(exchange, id(path));
        }
    }

    private static TransferId id(List<String> path) {
        if (path.size() > 2) {
            throw new Refusal(Status.NOT_FOUND_404, "there is nothing at this address: a link is /{id}");
        }
        return Ids.of(path.get(0));
    }

    /** Only a tool, or a click, takes the file; whoever only looks at the link gets something to look at. */
    private void visit(Exchange exchange, TransferId id) {
        exchange.seek(misses, id);
        Visitor visitor = Visitor.of(exchange);
        if (exchange.isHead()) {
            receive.handle(exchange, id);
        } else if (visitor == Visitor.TOOL || (visitor == Visitor.BROWSER && exchange.hasParameter("download"))) {
            take(exchange, id);
        } else {
            look(exchange, id, visitor);
        }
    }

    private void look(Exchange exchange, TransferId id, Visitor visitor) {
        String link = exchange.link(id);
        if (visitor == Visitor.BOT) {
            Optional<Offer> offer = rendezvous.find(id);
            Page page = offer.map(it -> pages.preview(link, it)).orElseGet(() -> pages.preview(link));
            Answers.page(exchange, offer.isPresent() ? Status.OK_200 : Status.NOT_FOUND_404, page);
            return;
        }
        Optional<TransferStatus> known = rendezvous.status(id);
        Status status = known.map(it -> Failures.toLatecomer(it.state())).orElse(Status.NOT_FOUND_404);
        Page page = status.equals(Status.NOT_FOUND_404)
                ? pages.receive(link, id)
                : pages.receive(
                        link, known.get(), RestOnly.of(rendezvous, known.get()).isPresent());
        Answers.page(exchange, status, page);
    }

    /** What a page could only show or run is not for it: nothing is claimed then. */
    private void take(Exchange exchange, TransferId id) {
        requireSameOrigin(exchange);
        exchange.seek(misses, id);
        if (exchange.isEmbedding()) {
            throw new Refusal(Status.FORBIDDEN_403, "this file can be saved, but not be made part of a page");
        }
        receive.handle(exchange, id);
    }

    private static void health(Exchange exchange) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderValues.CONTENT_TYPE_JSON);
        exchange.answer(Status.OK_200, headers, "{\"status\":\"ok\"}");
    }

    private void notAllowed(Exchange exchange) {
        Status status = Status.METHOD_NOT_ALLOWED_405;
        Page page = answers.form(exchange, status, "send with PUT or POST, receive with GET");
        page.headers().set(HeaderNames.ALLOW, METHODS.stream().map(Method::text).collect(joining(", ")));
        Answers.page(exchange, status, page);
    }
}
