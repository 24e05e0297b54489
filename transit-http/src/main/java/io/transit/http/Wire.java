package io.transit.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What carries the bytes of a connection, past the library's streams. One thread at a time may read, and one may write. */
sealed interface Wire permits Wire.Plain, EncryptedWire {
    /** Whether nobody on the way can read it. */
    boolean isEncrypted();

    /**
     * Reads what is there, waiting for at least one byte.
     *
     * @return how many, or -1 if the peer will send no more
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Writes what the peer takes at once of all of them, waiting for it to take something.
     *
     * @return how many bytes it took
     */
    int write(ByteBuffer... sources) throws IOException;

    /**
     * Drops something of what the peer has sent, if it has; does not wait, in a channel that does not block.
     *
     * @return whether there was anything to drop; or -1 if the peer will send no more
     */
    int drop() throws IOException;

    /** Tells the peer, in order, that nothing more will be written. */
    void endOutput() throws IOException;

    /**
     * The channel as it is.
     *
     * @param channel of the connection
     */
    record Plain(SocketChannel channel) implements Wire {
        /** Small, as there may be as many of these as connections. */
        private static final int DROPPED_AT_ONCE = 4 * 1024;

        @Override
        public boolean isEncrypted() {
            return false;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public int write(ByteBuffer... sources) throws IOException {
            // Many at once take more work, even if they are one.
            return sources.length == 1 ? channel.write(sources[0]) : (int) channel.write(sources);
        }

        @Override
        public int drop() throws IOException {
            return channel.read(ByteBuffer.allocate(DROPPED_AT_ONCE));
        }

        @Override
        public void endOutput() throws IOException {
            channel.shutdownOutput();
        }
    }
}
