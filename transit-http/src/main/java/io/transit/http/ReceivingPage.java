package io.transit.http;

import io.transit.core.FileMetadata;
import io.transit.core.TransferId;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The text of the page that receives: right from the first moment, and of use without scripts. */
final class ReceivingPage {
    /** So many are listed at first; the rest of a longer list is the script's to show, when it is asked for. */
    static final int LISTED = 200;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*");

    private final Template page = Template.named("receive.html");
    private final Template row = Template.named("file.html");

    /** Of a transfer, as it stands. */
    String of(Map<String, String> common, String link, TransferStatus status, boolean isRest) {
        var files = new FileSummary(status.files());
        Map<String, String> values = values(common, link, status.id());
        values.put("state", state(status, isRest));
        values.put("title", files.name() + " – transit");
        values.put("name", files.name());
        values.put("rest", "curl -C - -o " + part(status, files) + " " + link);
        values.put(
                "bytes", files.bytes().isPresent() ? Long.toString(files.bytes().getAsLong()) : "");
        values.put("size", files.size());
        values.put("type", files.type());
        if (files.areSeveral()) {
            String address = address(common, status.id());
            values.put("all", address + "&format=zip");
            values.put("button", "Download all as zip");
            values.put("hidden", "");
            values.put("+files", rows(address, status.files()));
        }
        return page.with(values);
    }

    /** Of an id under which nothing is offered. */
    String of(Map<String, String> common, String link, TransferId id) {
        Map<String, String> values = values(common, link, id);
        values.put("state", "absent");
        values.put("title", "Waiting for the sender – transit");
        for (String place : List.of("name", "bytes", "size", "type", "rest")) {
            values.put(place, "");
        }
        return page.with(values);
    }

    /** As of one file, or none. */
    private Map<String, String> values(Map<String, String> common, String link, TransferId id) {
        var values = new HashMap<>(common);
        String address = address(common, id);
        values.put("id", id.value());
        values.put("address", address);
        values.put("all", address);
        values.put("button", "Download File");
        values.put("command", "curl -OJ " + link);
        values.put("hidden", " hidden");
        values.put("+files", "");
        values.put(
                "+row", row.with(Map.of("address", "", "part", "", "folder", "", "name", "", "size", "", "type", "")));
        return values;
    }

    /** What the beginning was saved as: if that is more than a plain word, a name that is one, whichever shell it is for. */
    private static String part(TransferStatus status, FileSummary files) {
        if (files.areSeveral()) {
            return status.id() + ".zip";
        }
        return PLAIN.matcher(files.name()).matches()
                ? files.name()
                : status.id().value();
    }

    /** Where a click gets the file. */
    private static String address(Map<String, String> common, TransferId id) {
        return common.get("base") + id + "?download";
    }

    private String rows(String address, List<FileMetadata> files) {
        var rows = new StringBuilder();
        for (int i = 0; i < Math.min(files.size(), LISTED); i++) {
            FileMetadata file = files.get(i);
            rows.append(row.with(Map.of(
                    "address", address,
                    "part", Integer.toString(i + 1),
                    "folder", file.folder().isEmpty() ? "" : file.folder() + "/",
                    "name", file.name(),
                    "size", FileSummary.size(file.size()),
                    "type", FileSummary.type(file))));
        }
        return rows.toString();
    }

    /** In which of its states the page begins. One that is paused can be had if it waits for a receiver. */
    private static String state(TransferStatus status, boolean isRest) {
        return switch (status.state()) {
            case TransferState.Offered waiting -> "ready";
            case TransferState.Streaming running -> "busy";
            case TransferState.Paused halted -> status.expiresIn().isEmpty() ? "busy" : isRest ? "rest" : "ready";
            case TransferState.Completed whole -> "spent";
            case TransferState.Interrupted cut ->
                switch (cut.reason()) {
                    case SENDER_LEFT, SENDER_STALLED, CANCELLED -> "gone";
                    case RECEIVER_LEFT,
                            RECEIVER_STALLED,
                            TRUNCATED,
                            OVERRUN,
                            EXPIRED,
                            NODE_LOST,
                            STORE_LOST,
                            SHUTDOWN -> "over";
                };
        };
    }
}
