package io.transit.http;

import io.helidon.http.ServerResponseHeaders;

/** A text that is answered with: what a browser shows, or asks for beside it. */
record Page(ServerResponseHeaders headers, String text) {}
