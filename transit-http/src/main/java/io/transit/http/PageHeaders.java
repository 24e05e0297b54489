package io.transit.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.WritableHeaders;

/** The headers of whatever a browser shows, so that it does with it what was meant and nothing else. */
final class PageHeaders {
    static final String HTML = "text/html; charset=utf-8";

    /** All of it comes from here, none of it is inline, and nobody shows it inside of something else. */
    private static final String SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /**
     * Of what a page could ask its user for, it needs the clipboard, and the screen to stay on; and the
     * share dialog, which is not named, as browsers that have none complain of it.
     */
    private static final String PERMISSIONS = "clipboard-write=(self), screen-wake-lock=(self), "
            + "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), encrypted-media=(), "
            + "fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
            + "picture-in-picture=(), publickey-credentials-get=(), usb=(), xr-spatial-tracking=()";

    private static final HeaderName CONTENT_SECURITY_POLICY = HeaderNames.create("Content-Security-Policy");
    private static final HeaderName PERMISSIONS_POLICY = HeaderNames.create("Permissions-Policy");
    private static final HeaderName REFERRER_POLICY = HeaderNames.create("Referrer-Policy");
    private static final HeaderName NO_SNIFF = HeaderNames.create("X-Content-Type-Options");
    private static final HeaderName OPENER_POLICY = HeaderNames.create("Cross-Origin-Opener-Policy");
    private static final HeaderName RESOURCE_POLICY = HeaderNames.create("Cross-Origin-Resource-Policy");
    private static final HeaderName TRANSPORT_SECURITY = HeaderNames.create("Strict-Transport-Security");
    private static final HeaderName ROBOTS = HeaderNames.create("X-Robots-Tag");

    private PageHeaders() {}

    /** Of something that may be asked for again. */
    static ServerResponseHeaders of(String type, String cacheControl) {
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderNames.CONTENT_TYPE, type);
        headers.set(HeaderNames.CACHE_CONTROL, cacheControl);
        protect(headers);
        return headers;
    }

    /** Of a page that tells of a transfer: kept by no cache, and found by no search. */
    static ServerResponseHeaders ofSecret() {
        ServerResponseHeaders headers = of(HTML, "no-store");
        headers.set(ROBOTS, "noindex");
        return headers;
    }

    /** Of a picture, drawn for one who asked for it: it is no page, and none of the web is needed to show it. */
    static ServerResponseHeaders ofPicture(String type) {
        ServerResponseHeaders headers = of(type, "no-store");
        headers.set(CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'");
        return headers;
    }

    /** Adds to any other answer, unless it has its own, what keeps it from becoming part of a page or of a history. */
    static void close(WritableHeaders<?> headers) {
        headers.setIfAbsent(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
        headers.setIfAbsent(HeaderValues.create(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"));
        headers.setIfAbsent(HeaderValues.create(REFERRER_POLICY, "no-referrer"));
        headers.setIfAbsent(HeaderValues.create(NO_SNIFF, "nosniff"));
        headers.setIfAbsent(HeaderValues.create(RESOURCE_POLICY, "same-origin"));
    }

    /** Adds that this host is to be asked with TLS only from now on, for a year: to what was asked for with it (RFC 6797). */
    static void secure(WritableHeaders<?> headers) {
        headers.set(TRANSPORT_SECURITY, "max-age=31536000");
    }

    /** Adds what all of them have. A worker lives under the policy of its own script, not of the page's. */
    static void protect(WritableHeaders<?> headers) {
        headers.set(CONTENT_SECURITY_POLICY, SECURITY_POLICY);
        headers.set(PERMISSIONS_POLICY, PERMISSIONS);
        headers.set(REFERRER_POLICY, "no-referrer");
        headers.set(NO_SNIFF, "nosniff");
        headers.set(OPENER_POLICY, "same-origin");
        headers.set(RESOURCE_POLICY, "same-origin");
    }
}
