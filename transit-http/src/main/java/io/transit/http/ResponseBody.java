package io.transit.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An answer's body, written as it comes. Until it is {@linkplain #finish finished} the client cannot take it for whole: one
 * of known length is short of its last byte, one in chunks of its last chunk.
 */
sealed interface ResponseBody {
    /** Writes payload, waiting for the client to take it; an empty buffer is ignored. */
    void write(ByteBuffer payload) throws IOException;

    /**
     * Says that the body is whole.
     *
     * @param trailers what is said of it behind its end; only a body in chunks has a place for that, others leave it out
     */
    void finish(Header... trailers) throws IOException;

    /** A body whose length stands in the head. */
    final class OfLength implements ResponseBody {
        private final Connection connection;
        private final ByteBuffer last = ByteBuffer.allocate(1);
        private long left;

        OfLength(Connection connection, long length) {
            this.connection = connection;
            this.left = length;
        }

        @Override
        public void write(ByteBuffer payload) throws IOException {
            if (payload.remaining() > left) {
                throw new IllegalArgumentException("more than the head announced");
            }
            left -= payload.remaining();
            if (left == 0 && payload.hasRemaining()) {
                int end = payload.limit() - 1;
                last.put(0, payload.get(end));
                payload.limit(end);
                connection.write(payload);
                payload.limit(end + 1).position(end + 1);
            } else {
                connection.write(payload);
            }
        }

        @Override
        public void finish(Header... trailers) throws IOException {
            if (left > 0) {
                throw new IllegalStateException("less than the head announced");
            }
            connection.write(last);
        }
    }

    /**
     * A chunked body (RFC 9112 section 7.1): one chunk for each write. Some clients take one that was cut inside a chunk for
     * whole if the connection ended in order, so until it is finished its connection does not.
     */
    final class InChunks implements ResponseBody {
        private static final String CR_LF = "\r\n";

        private final Connection connection;

        InChunks(Connection connection) throws IOException {
            this.connection = connection;
            connection.resetOnClose(true);
        }

        @Override
        public void write(ByteBuffer payload) throws IOException {
            if (payload.hasRemaining()) {
                connection.write(ascii(Integer.toHexString(payload.remaining()) + CR_LF), payload, ascii(CR_LF));
            }
        }

        @Override
        public void finish(Header... trailers) throws IOException {
            BufferData end = BufferData.growing(128);
            end.writeAscii("0" + CR_LF);
            for (Header trailer : trailers) {
                trailer.writeHttp1Header(end);
            }
            end.writeAscii(CR_LF);
            connection.resetOnClose(false);
            connection.write(ByteBuffer.wrap(end.readBytes()));
        }

        private static ByteBuffer ascii(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** No body, as there is none to finish: the length was 0, or the request was a HEAD. */
    record None() implements ResponseBody {
        @Override
        public void write(ByteBuffer payload) {}

        @Override
        public void finish(Header... trailers) {}
    }
}
