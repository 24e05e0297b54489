package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import java.util.Locale;
import java.util.Set;

/** Which ids can stand in a link: those that name nothing else here. */
final class Ids {
    private static final Set<String> RESERVED = Set.of(
            "send",
            "receive",
            "api",
            "health",
            "observe",
            "openapi",
            "assets",
            "help",
            "doctor",
            "robots",
            "favicon",
            "manifest");

    private Ids() {}

    /**
     * Takes an id from a path.
     *
     * @throws Refusal with 400 if it is malformed or reserved
     */
    static TransferId of(String segment) {
        if (RESERVED.contains(segment.toLowerCase(Locale.ROOT))) {
            throw new Refusal(Status.BAD_REQUEST_400, "this id is reserved; choose another");
        }
        try {
            return new TransferId(segment);
        } catch (TransferException.Rejected e) {
            throw new Refusal(Status.BAD_REQUEST_400, e.getMessage());
        }
    }
}
