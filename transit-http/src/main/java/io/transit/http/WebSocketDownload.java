package io.transit.http;

import io.transit.core.Frame;
import io.transit.core.Receiver;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A file on its way to a WebSocket. The connection's thread reads, so that a client that leaves is noticed at once; a second
 * thread delivers: one binary message for each run of bytes, and an empty one once the end has been verified.
 */
final class WebSocketDownload {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** That a slow client takes something is seen message by message. */
    private static final int MAX_MESSAGE = 64 * 1024;

    private final WebSocket socket;
    private final Receiver receiver;
    private final Portion portion;

    /** Whether the whole file was written, though perhaps not taken: a client may close as soon as it is told the end. */
    private volatile boolean isWritten;

    WebSocketDownload(WebSocket socket, Receiver receiver) {
        this.socket = socket;
        this.receiver = receiver;
        this.portion = Portion.of(Selection.ALL.of(receiver.offer()), 0, new ChecksumStore());
    }

    /** Returns once the client has closed, or a close was written and no thread needs the receiver any more. */
    void run() throws IOException, InterruptedException {
        PeerWatch.Watch watch = socket.watch();
        Thread delivery = socket.beside(this::deliver);
        boolean isTaken = false;
        try {
            if (socket.text().isPresent()) {
                throw socket.refuse(new WebSocketException(CloseCode.REFUSED, "A receiver says nothing more."));
            }
            if (isWritten) {
                // A connection tells one thread alone that it was reset, and that may be the one which writes.
                delivery.join();
            }
            // One that goes before it has read all of it resets the connection, which is a failure to read from it.
            isTaken = isWritten;
        } finally {
            if (isTaken) {
                complete();
            } else {
                receiver.close();
            }
            delivery.join();
            watch.end();
        }
    }

    /** The client has the whole file; that its sender was told otherwise in the meantime does not change that. */
    private void complete() {
        try {
            receiver.complete();
        } catch (TransferException.Ended e) {
            // What the transfer's record says.
        }
    }

    private void deliver() throws IOException, InterruptedException {
        var messages = new Messages(Heartbeat.start(socket));
        try {
            WritableByteChannel target = portion.into(messages, receiver);
            switch (receiver.transferTo(target)) {
                case Frame.Data data -> throw new AssertionError(data);
                case Frame.Done done -> {
                    limitEnd();
                    if (target instanceof ArchiveChannel archive) {
                        archive.finish();
                    }
                    isWritten = true;
                    end();
                }
                case Frame.Interrupt(var reason) -> socket.fail(Failures.closeCode(reason), Failures.text(reason));
            }
        } catch (TransferException.Ended e) {
            // The client left.
            socket.close();
        } finally {
            messages.heartbeat.stop();
        }
    }

    /** Until the close is written, the client has not much more time than its sender waits for it. */
    private void limitEnd() {
        receiver.whenOver().thenAccept(how -> {
            if (how instanceof TransferState.Interrupted && !socket.isClosed()) {
                socket.callOffWriter();
            }
        });
    }

    private void end() throws IOException {
        // One that has said goodbye by now has counted the bytes.
        boolean isClosed = socket.isClosed();
        try {
            socket.send(NOTHING.duplicate());
            socket.finish();
        } catch (IOException e) {
            isWritten = isClosed;
            throw e;
        }
    }

    /** Makes messages of what is written, the first of which ends the waiting. The thread may be that of the sender. */
    private final class Messages implements WritableByteChannel {
        private final Heartbeat heartbeat;
        private volatile boolean open = true;

        Messages(Heartbeat heartbeat) {
            this.heartbeat = heartbeat;
        }

        @Override
        public int write(ByteBuffer payload) throws IOException {
            heartbeat.stop();
            int length = Math.min(payload.remaining(), MAX_MESSAGE);
            socket.send(payload.slice(payload.position(), length));
            payload.position(payload.position() + length);
            return length;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        /** Whoever waits for the client to take something does not wait much longer. */
        @Override
        public void close() {
            open = false;
            socket.callOffWriter();
        }
    }
}
