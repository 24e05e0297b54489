package io.transit.http;

import io.transit.core.Frame;
import io.transit.core.Receiver;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file on its way to a WebSocket. The connection's thread reads, so that a client that leaves is noticed at once; a second
 * thread delivers: one binary message for each run of bytes, and an empty one once the end has been verified.
 */
final class WebSocketDownload {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final WebSocket socket;
    private final Receiver receiver;
    private final HttpSettings settings;

    /** Whether the whole file was written, though perhaps not taken: a client may close as soon as it is told the end. */
    private volatile boolean isWritten;

    WebSocketDownload(WebSocket socket, Receiver receiver, HttpSettings settings) {
        this.socket = socket;
        this.receiver = receiver;
        this.settings = settings;
    }

    /** Returns once the client has closed, or a close was written and no thread needs the receiver any more. */
    void run() throws IOException, InterruptedException {
        // One who waits for the client to take the next byte does not see the sender leave.
        receiver.whenOver().thenAccept(end -> {
            if (end instanceof TransferState.Interrupted) {
                socket.callOffWriter();
            }
        });
        PeerWatch.Watch watch = socket.watch();
        Thread delivery = socket.beside(this::deliver);
        boolean isTaken = false;
        try {
            if (socket.text().isPresent()) {
                throw socket.refuse(new WebSocketException(CloseCode.REFUSED, "A receiver says nothing more."));
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
        try {
            Frame frame = first();
            while (frame instanceof Frame.Data(ByteBuffer payload)) {
                if (payload.hasRemaining()) {
                    socket.send(payload);
                }
                frame = receiver.receive();
            }
            switch (frame) {
                case Frame.Data data -> throw new AssertionError(data);
                case Frame.Done done -> {
                    isWritten = true;
                    socket.send(NOTHING.duplicate());
                    socket.finish();
                }
                case Frame.Interrupt(var reason) -> socket.fail(CloseCode.FAILED, Failures.text(reason));
            }
        } catch (TransferException.Ended e) {
            // The client left.
            socket.close();
        }
    }

    private Frame first() throws InterruptedException {
        var heartbeat = Heartbeat.start(socket, settings.heartbeat());
        try {
            return receiver.receive();
        } finally {
            heartbeat.stop();
        }
    }
}
