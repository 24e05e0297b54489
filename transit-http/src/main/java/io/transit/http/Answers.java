package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/** Says what went wrong in the form that the client asked for: a page, an object, or a line. */
final class Answers {
    private final Pages pages;

    Answers(Pages pages) {
        this.pages = pages;
    }

    /** Answers with an error. Throws if that ends the connection. */
    void error(Exchange exchange, Status status, String why) {
        page(exchange, status, ByteRange.unmistakable(exchange, form(exchange, status, why)));
    }

    /** Returns that answer, for one who gives it otherwise. */
    Page form(Exchange exchange, Status status, String why) {
        return switch (exchange.errorForm()) {
            case LINE -> line(why);
            case OBJECT -> object(status, why);
            case PAGE -> pages.error(status, why);
        };
    }

    private static Page object(Status status, String why) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderNames.CONTENT_TYPE, "application/problem+json");
        return new Page(headers, Json.problem(status, why));
    }

    /** A line of text. */
    static Page line(String words) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderValues.CONTENT_TYPE_TEXT_PLAIN);
        return new Page(headers, words + "\n");
    }

    /** Answers with a page. Throws if that ends the connection. */
    static void page(Exchange exchange, Status status, Page page) {
        exchange.answer(status, page.headers(), page.text());
    }
}
