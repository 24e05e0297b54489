package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import io.transit.core.TransferId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What browsers, and those who look at links on behalf of people, get to see.
 */
final class Pages {
    private static final String REASON_NAME = " \\([A-Z_]+\\)$";

    private final BasePath base;
    private final Assets assets;
    private final Template send = Template.named("send.html");
    private final Template receive = Template.named("receive.html");
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

    /** The page that receives, of a file that can be had. */
    Page receive(Offer offer) {
        FileMetadata file = offer.files().get(0);
        Map<String, String> values = common();
        values.put("state", "ready");
        values.put("title", file.name() + " – transit");
        values.put("id", offer.id().value());
        values.put("name", file.name());
        values.put("bytes", file.size().isPresent() ? Long.toString(file.size().getAsLong()) : "");
        values.put("size", size(file.size()));
        values.put("type", type(file));
        return new Page(PageHeaders.ofSecret(), receive.with(values));
    }

    /** The page that receives, of an id under which nothing is offered: it waits until something is. */
    Page receive(TransferId id) {
        Map<String, String> values = common();
        values.put("state", "absent");
        values.put("title", "Waiting for the sender – transit");
        values.put("id", id.value());
        for (String place : new String[] {"name", "bytes", "size", "type"}) {
            values.put(place, "");
        }
        return new Page(PageHeaders.ofSecret(), receive.with(values));
    }

    /** What a chat shows of a link, of a file that can be had. */
    Page preview(String link, Offer offer) {
        FileMetadata file = offer.files().get(0);
        String size = size(file.size());
        return preview(link, file.name(), (size.isEmpty() ? "" : size + ". ") + "Open the link to receive this file.");
    }

    /** What a chat shows of a link, of an id under which nothing is offered. */
    Page preview(String link) {
        return preview(link, "transit", "Passes a file straight from one person to another, and keeps nothing.");
    }

    private Page preview(String link, String title, String description) {
        return new Page(
                PageHeaders.ofSecret(), preview.with(Map.of("link", link, "title", title, "description", description)));
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

    private static String size(OptionalLong bytes) {
        return bytes.isPresent() ? HumanSize.of(bytes.getAsLong()) : "";
    }

    /** Without its parameters, and only if it says anything. */
    private static String type(FileMetadata file) {
        return file.type().equals(FileMetadata.UNKNOWN_TYPE)
                ? ""
                : file.type().split(";", 2)[0].strip();
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
