package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;

/** The headers of a file on its way: saved under its name, never opened in place, never kept by anybody. */
final class FileHeaders {
    private static final HeaderName NO_SNIFF = HeaderNames.create("X-Content-Type-Options");
    private static final HeaderName SECURITY_POLICY = HeaderNames.create("Content-Security-Policy");
    private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");

    private static final HeaderName RESOURCE_POLICY = HeaderNames.create("Cross-Origin-Resource-Policy");

    private FileHeaders() {}

    static ServerResponseHeaders of(Representation file) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderNames.CONTENT_TYPE, file.type());
        headers.set(HeaderNames.CONTENT_DISPOSITION, ContentDisposition.attachment(file.name()));
        headers.set(HeaderNames.ACCEPT_RANGES, file.resumable() ? "bytes" : "none");
        file.tag().ifPresent(tag -> headers.set(HeaderNames.ETAG, tag));
        headers.set(NO_SNIFF, "nosniff");
        headers.set(SECURITY_POLICY, "sandbox; default-src 'none'");
        headers.set(REFERRER_POLICY, "no-referrer");
        headers.set(RESOURCE_POLICY, "same-origin");
        return headers;
    }

    /** The headers of its rest, from that byte on. */
    static ServerResponseHeaders of(Representation file, long firstByte) {
        ServerResponseHeaders headers = of(file);
        long size = file.size().orElseThrow();
        headers.set(HeaderNames.CONTENT_RANGE, "bytes " + firstByte + "-" + (size - 1) + "/" + size);
        return headers;
    }
}
