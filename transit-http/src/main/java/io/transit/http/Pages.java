package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import io.transit.core.TransferStatus;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * What browsers, and those who look at links on behalf of people, get to see.
 */
final class Pages {
    private static final String REASON_NAME = " \\([A-Z_]+\\)$";

    private final BasePath base;
    private final Assets assets;
    private final Template send = Template.named("send.html");
    private final ReceivingPage receive = new ReceivingPage();
    private final Template preview = Template.named("preview.html");
    private final Template error = Template.named("error.html");

    Pages(BasePath base, Assets assets) {
        this.base = base;
        this.assets = assets;
    }

    /** The page that sends. */
    Page send() {
        return new Page(PageHeaders.of(PageHeaders.HTML, "no-cache"), send.with(common()));
    }

    /**
     * The page that receives, of a transfer as it stands: of what can be had, or of why it cannot.
     *
     * @param isRest whether only the rest of it can be had
     */
    Page receive(String link, TransferStatus status, boolean isRest) {
        return new Page(PageHeaders.ofSecret(), receive.of(common(), link, status, isRest));
    }

    /** The page that receives, of an id under which nothing is offered: it waits until something is. */
    Page receive(String link, TransferId id) {
        return new Page(PageHeaders.ofSecret(), receive.of(common(), link, id));
    }

    /** What a chat shows of a link, of what can be had. */
    Page preview(String link, Offer offer) {
        var files = new FileSummary(offer.files());
        String these = files.areSeveral() ? "these files." : "this file.";
        return preview(link, files.name(), files.sizeSentence() + "Open the link to receive " + these);
    }

    /** What a chat shows of a link, of an id under which nothing is offered. */
    Page preview(String link) {
        return preview(link, "transit", "Passes a file straight from one person to another, and keeps nothing.");
    }

    private Page preview(String link, String title, String description) {
        Map<String, String> values = common();
        values.put("link", link);
        values.put("title", title);
        values.put("description", description);
        // Those who look at links take no address but a whole one.
        values.put(
                "image",
                URI.create(link).resolve(assets.path() + "icon-180.png").toString());
        return new Page(PageHeaders.ofSecret(), preview.with(values));
    }

    /** An error, for people. */
    Page error(Status status, String why) {
        Map<String, String> values = common();
        values.put("status", status.code() + " " + status.reasonPhrase());
        values.put("heading", heading(status));
        values.put("why", sentence(why));
        values.put("advice", advice(status));
        return new Page(PageHeaders.ofSecret(), error.with(values));
    }

    private Map<String, String> common() {
        var values = new HashMap<String, String>();
        values.put("base", base.path());
        values.put("assets", assets.path());
        return values;
    }

    /** The words of an error are lines for programs too: in lower case, with the name of the reason at the end. */
    private static String sentence(String why) {
        String words = why.replaceFirst(REASON_NAME, "");
        return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static String heading(Status status) {
        return switch (status.code()) {
            case 404 -> "There is nothing here";
            case 410 -> "This link does not work any more";
            default -> "That did not work";
        };
    }

    private static String advice(Status status) {
        return switch (status.code()) {
            case 400 -> "Is the address complete, and without a typing error?";
            case 404, 409, 410 -> "If you were given a link, ask for a new one: each works once, and for one receiver.";
            case 408, 429, 502, 503 -> "Try again in a moment.";
            default -> "";
        };
    }
}
