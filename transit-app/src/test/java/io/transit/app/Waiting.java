package io.transit.app;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;

/** The ways in which a sender waits for its receiver. */
enum Waiting {
    /** Has sent nothing of its file, as it was not told to go on. */
    FOR_CONTINUE("curl -q -sS -N --noproxy '*' --expect100-timeout 600 -T %2$s %1$s/"),
    /** Has sent as much as the sockets hold. */
    BEHIND_FULL_BUFFERS("curl -q -sS -N --noproxy '*' -H Expect: -T %2$s %1$s/"),
    /** The same in chunks, as nobody knows how long it is. */
    IN_CHUNKS("curl -q -sS -N --noproxy '*' -H Expect: -T - %1$s/film.mkv < %2$s"),
    /** Has sent some of what came out of a pipe, and nothing more comes. */
    BEHIND_A_PIPE("curl -q -sS -N --noproxy '*' -H Expect: -T - %1$s/film.mkv < <(echo first; exec sleep 600)"),
    /** Has announced its file, and listens for the go-ahead. */
    AS_A_WEB_SOCKET(webSocket());

    private final String command;

    Waiting(String command) {
        this.command = command;
    }

    /** The command of one that waits with this file under this link. */
    String command(URI link, Path file) {
        return "exec " + String.format(command, link, file, link.getHost(), link.getPort(), link.getPath());
    }

    /** Whether it waits with its sockets full of what it wants to send. */
    boolean isFull() {
        return this == BEHIND_FULL_BUFFERS || this == IN_CHUNKS;
    }

    /** An id for the so-manieth of them. */
    String id(int number) {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
    }

    /** A handshake and the metadata, in a frame that is masked with zeros, as all bytes must be. */
    private static String webSocket() {
        String metadata = "{\"file_name\":\"film.mkv\",\"file_size\":9,\"file_type\":\"a/b\"}";
        String handshake =
                "GET /send%5$s HTTP/1.1\\r\\nHost: %3$s:%4$d\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\n"
                        + "Sec-WebSocket-Version: 13\\r\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n\\r\\n";
        String frame = String.format("\\x81\\x%02x\\0\\0\\0\\0", 0x80 | metadata.length()) + metadata;
        return "3<>/dev/tcp/%3$s/%4$d; printf '" + handshake + frame + "' >&3; exec cat <&3";
    }
}
