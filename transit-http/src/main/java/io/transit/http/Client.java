package io.transit.http;

import java.net.InetAddress;

/**
 * Who makes a request.
 *
 * @param address of the client itself, as far as that is known
 * @param isSecure whether it came to us, or to a proxy that we trust, with TLS
 */
record Client(InetAddress address, boolean isSecure) {
    /** What links begin with that the client is to use. */
    String scheme() {
        return isSecure ? "https" : "http";
    }
}
