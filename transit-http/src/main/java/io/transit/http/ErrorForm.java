package io.transit.http;

import io.helidon.http.HeaderNames;

/** In which form a client wants to be told what went wrong. */
enum ErrorForm {
    /** For people in a terminal, and for whoever said nothing. */
    LINE,
    /** For programs, as an object of RFC 9457. */
    OBJECT,
    /** For people in a browser. */
    PAGE;

    static ErrorForm of(Exchange exchange) {
        String accept = exchange.header(HeaderNames.ACCEPT).orElse("");
        if (accept.contains("application/json") || accept.contains("application/problem+json")) {
            return OBJECT;
        }
        return accept.contains("text/html") && Visitor.of(exchange) == Visitor.BROWSER ? PAGE : LINE;
    }
}
