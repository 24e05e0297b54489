package io.transit.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Bridges to the streams and channels of the JDK.
 *
 * <p>Closing what a sender writes to says nothing about the transfer: only {@link Sender#done()} says that the file is
 * whole, so a program that fails half-way and closes its stream cannot pass off a part for the whole. Reading to the end of
 * what a receiver reads from {@linkplain Receiver#complete completes} the transfer, and closing it earlier leaves it.
 *
 * <p>A transfer that is cut short is an {@link IOException} whose cause is the {@link TransferException}; an interrupted
 * thread is an {@link InterruptedIOException}, and the thread stays interrupted.
 */
public final class TransferStreams {
    private TransferStreams() {}

    /**
     * Writes to a sender whose attempt has begun. Each write blocks as {@link Sender#send} does.
     *
     * @param sender where the bytes go
     * @return a stream without a buffer of its own; owned by the sender's thread
     */
    public static OutputStream output(Sender sender) {
        return new SenderOutput(sender);
    }

    /**
     * Writes to a sender whose attempt has begun. Each write drains the buffer, and blocks as {@link Sender#send} does.
     *
     * @param sender where the bytes go
     * @return a channel; owned by the sender's thread
     */
    public static WritableByteChannel channel(Sender sender) {
        return new SenderOutput(sender);
    }

    /**
     * Reads from a receiver. Each read blocks as {@link Receiver#receive} does.
     *
     * @param receiver where the bytes come from
     * @return a stream whose end is that of a whole, verified file; owned by the receiver's thread
     */
    public static InputStream input(Receiver receiver) {
        return new ReceiverInput(receiver);
    }

    /**
     * Reads from a receiver. Each read blocks as {@link Receiver#receive} does.
     *
     * @param receiver where the bytes come from
     * @return a channel whose end is that of a whole, verified file; owned by the receiver's thread
     */
    public static ReadableByteChannel channel(Receiver receiver) {
        return Channels.newChannel(input(receiver));
    }

    /** Both kinds of sink are one: a stream that is also a channel. */
    private static final class SenderOutput extends OutputStream implements WritableByteChannel {
        private final Sender sender;
        private volatile boolean open = true;

        SenderOutput(Sender sender) {
            this.sender = sender;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (!open) {
                throw new IOException("this stream is closed");
            }
            int length = bytes.remaining();
            try {
                sender.send(bytes);
            } catch (InterruptedException e) {
                throw interrupted();
            } catch (TransferException e) {
                throw new IOException(e.getMessage(), e);
            }
            return length;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            write(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b});
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    private static final class ReceiverInput extends InputStream {
        private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

        private final Receiver receiver;
        private ByteBuffer payload = NOTHING;
        private boolean atEnd;

        ReceiverInput(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (!payload.hasRemaining() && !atEnd) {
                next();
            }
            if (atEnd) {
                return -1;
            }
            int count = Math.min(length, payload.remaining());
            payload.get(target, offset, count);
            return count;
        }

        private void next() throws IOException {
            payload = NOTHING;
            try {
                switch (receiver.receive()) {
                    case Frame.Data(var bytes) -> payload = bytes;
                    case Frame.Done done -> {
                        receiver.complete();
                        atEnd = true;
                    }
                    case Frame.Interrupt(var reason) -> throw new IOException("the transfer was cut short: " + reason);
                }
            } catch (InterruptedException e) {
                throw interrupted();
            } catch (TransferException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public void close() {
            payload = NOTHING;
            receiver.close();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for the other side");
    }
}
