package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.transit.core.FileMetadata;
import io.transit.core.Offer;

/** The headers of a file on its way: saved under its name, never opened in place, never kept by anybody. */
final class FileHeaders {
    private static final HeaderName NO_SNIFF = HeaderNames.create("X-Content-Type-Options");
    private static final HeaderName SECURITY_POLICY = HeaderNames.create("Content-Security-Policy");
    private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");

    private static final HeaderName RESOURCE_POLICY = HeaderNames.create("Cross-Origin-Resource-Policy");

    private FileHeaders() {}

    static ServerResponseHeaders of(Offer offer) {
        FileMetadata file = offer.files().get(0);
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderNames.CONTENT_TYPE, file.type());
        headers.set(HeaderNames.CONTENT_DISPOSITION, ContentDisposition.attachment(file.name()));
        headers.set(NO_SNIFF, "nosniff");
        headers.set(SECURITY_POLICY, "sandbox; default-src 'none'");
        headers.set(REFERRER_POLICY, "no-referrer");
        headers.set(RESOURCE_POLICY, "same-origin");
        return headers;
    }
}
