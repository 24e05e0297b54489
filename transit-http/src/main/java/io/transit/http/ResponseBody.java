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
    /**
     * Writes some of the payload, waiting for the client to take that; an empty buffer is ignored.
     *
     * @return how much was taken: something, if there was anything
     */
    int writeSome(ByteBuffer payload) throws IOException;

    /** Writes payload, waiting for the client to take it; an empty buffer is ignored. */
    default void write(ByteBuffer payload) throws IOException {
        while (payload.hasRemaining()) {
            writeSome(payload);
        }
    }

    /**
     * Says that the body is whole.
     *
     * @param trailers what is said of it behind its end; only a body in chunks has a place for that, others leave it out
     */
    void finish(Header... trailers) throws IOException;

    /** A body whose length stands in the head. */
    final class OfLength implements ResponseBody {
        private final Connection connection;
        private final ByteBuffer head;
        private final ByteBuffer last = ByteBuffer.allocate(1);
        private long left;

        OfLength(Connection connection, ByteBuffer head, long length) {
            this.connection = connection;
            this.head = head;
            this.left = length;
        }

        @Override
        public int writeSome(ByteBuffer payload) throws IOException {
            int length = payload.remaining();
            if (length > left) {
                throw new IllegalArgumentException("more than the head announced");
            }
            boolean ends = length == left && length > 0;
            if (ends && length == 1) {
                connection.write(head);
                last.put(0, payload.get());
                left = 0;
                return 1;
            }
            ByteBuffer part = payload.slice(payload.position(), ends ? length - 1 : length);
            do {
                connection.writeSome(head, part);
            } while (part.position() == 0 && length > 0);
            payload.position(payload.position() + part.position());
            left -= part.position();
            return part.position();
        }

        @Override
        public void finish(Header... trailers) throws IOException {
            if (left > 0) {
                throw new IllegalStateException("less than the head announced");
            }
            connection.write(head, last);
        }
    }

    /**
     * A chunked body (RFC 9112 section 7.1). Some clients take one that was cut inside a chunk for whole if the connection
     * ended in order, so until it is finished its connection does not.
     */
    final class InChunks implements ResponseBody {
        private static final byte[] CR_LF = {'\r', '\n'};

        private final Connection connection;
        private final ByteBuffer head;

        /** What is missing of the chunk that was begun. */
        private int left;

        InChunks(Connection connection, ByteBuffer head) throws IOException {
            this.connection = connection;
            this.head = head;
            connection.resetOnClose(true);
        }

        /** The first call for some payload promises all of it; what the client does not take at once belongs to the next call. */
        @Override
        public int writeSome(ByteBuffer payload) throws IOException {
            if (!payload.hasRemaining()) {
                return 0;
            }
            ByteBuffer size = ByteBuffer.allocate(0);
            if (left == 0) {
                left = payload.remaining();
                size = ascii(Integer.toHexString(left) + "\r\n");
            }
            int length = Math.min(left, payload.remaining());
            ByteBuffer part = payload.slice(payload.position(), length);
            ByteBuffer end = ByteBuffer.wrap(length == left ? CR_LF : new byte[0]);
            do {
                connection.writeSome(head, size, part, end);
            } while (part.position() == 0 || (!part.hasRemaining() && end.hasRemaining()));
            left -= part.position();
            payload.position(payload.position() + part.position());
            return part.position();
        }

        @Override
        public void finish(Header... trailers) throws IOException {
            if (left > 0) {
                throw new IllegalStateException("less than the chunk announced");
            }
            BufferData end = BufferData.growing(128);
            end.writeAscii("0\r\n");
            for (Header trailer : trailers) {
                trailer.writeHttp1Header(end);
            }
            end.write(CR_LF);
            connection.resetOnClose(false);
            connection.write(head, ByteBuffer.wrap(end.readBytes()));
        }

        private static ByteBuffer ascii(String text) {
            return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** No body, as there is none to finish: the length was 0, or the request was a HEAD. */
    record None() implements ResponseBody {
        @Override
        public int writeSome(ByteBuffer payload) {
            int length = payload.remaining();
            payload.position(payload.limit());
            return length;
        }

        @Override
        public void finish(Header... trailers) {}
    }
}
