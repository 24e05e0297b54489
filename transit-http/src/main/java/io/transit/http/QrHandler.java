package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.transit.core.TransferId;

/**
 * {@code GET /api/transfers/{id}/qr}: the link of that id as a QR code, whether anything is offered there or not. What it is
 * drawn with depends on who asks.
 */
final class QrHandler {
    private QrHandler() {}

    static void handle(Exchange exchange, TransferId id) {
        boolean drawn = isDrawn(exchange);
        QrImage image = QrImage.of(exchange.link(id))
                .orElseThrow(() -> new Refusal(Status.BAD_REQUEST_400, "this link is too long for a QR code"));
        if (drawn) {
            exchange.answer(Status.OK_200, PageHeaders.ofPicture("image/svg+xml"), image.svg());
        } else {
            exchange.answer(Status.OK_200, PageHeaders.ofPicture("text/plain; charset=utf-8"), image.text());
        }
    }

    private static boolean isDrawn(Exchange exchange) {
        String format = exchange.parameter("format").orElse("");
        return switch (format) {
            case "svg" -> true;
            case "text" -> false;
            case "" -> Visitor.of(exchange) != Visitor.TOOL || acceptsImage(exchange);
            default -> throw new Refusal(Status.BAD_REQUEST_400, "the formats are svg and text");
        };
    }

    private static boolean acceptsImage(Exchange exchange) {
        return exchange.header(HeaderNames.ACCEPT)
                .filter(accept -> accept.contains("image/"))
                .isPresent();
    }
}
