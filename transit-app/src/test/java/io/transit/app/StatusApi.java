package io.transit.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server says of its transfers. */
record StatusApi(HttpClient client, URI base) {
    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");
    private static final Pattern REASON = Pattern.compile("\"reason\":\"(\\w+)\"");

    /** The state, behind it the reason if there is one; or {@code unknown}. */
    String of(String id) throws IOException, InterruptedException {
        return stateIn(object(id));
    }

    /** The whole object, or the error instead of it. */
    String object(String id) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(base.resolve("/api/transfers/" + id)).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    static String stateIn(String json) {
        Matcher state = STATE.matcher(json);
        if (!state.find()) {
            return "unknown";
        }
        Matcher reason = REASON.matcher(json);
        return reason.find() ? state.group(1) + " " + reason.group(1) : state.group(1);
    }
}
