package io.transit.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the server's parser reads of a connection, in time: the head of its first request within a while of its beginning,
 * that of each further one within the same while of its first byte, and that byte before the connection has been idle for too
 * long. Who is late with the rest of a head is told 408; who has not begun one is just disconnected.
 *
 * <p>Belongs to the connection's thread. A deadline that is missed wakes it: the client then looks as if it sent no more.
 */
final class TimedHeads {
    private enum Stage {
        /** Nothing has come of the next head. */
        IDLE,
        /** Some of it has. */
        HEAD,
        /** All of it has. What is read now, if anything, is a body. */
        REQUEST
    }

    /** Enough for most heads. What comes behind one stays in the system's memory for as long as nobody wants it. */
    private static final int HEAD_AT_ONCE = 512;

    /** Of a body, which is another's than ours; and of what is encrypted, of which the rest would have to be kept apart. */
    private static final int READ_AT_ONCE = 8 * 1024;

    private final ConnectionContext context;
    private final Wire wire;
    private final AcceptedChannels.Accepted accepted;
    private final PeerWatch peers;
    private final Duration headTime;
    private final Duration idleTime;
    private final DataReader reader = DataReader.create(this::read);
    private @Nullable InterruptableTask<?> parser;
    private Stage stage = Stage.IDLE;
    private Deadline deadline;
    private boolean isFirst = true;
    private boolean isLast;

    TimedHeads(
            ConnectionContext context,
            AcceptedChannels.Accepted accepted,
            Wire wire,
            PeerWatch peers,
            HttpSettings settings) {
        this.context = context;
        this.wire = wire;
        this.accepted = accepted;
        this.peers = peers;
        this.headTime = settings.headDeadline();
        this.idleTime = settings.idle();
        this.deadline = accepted.firstHead();
    }

    /** Returns what the parser reads from. */
    DataReader reader() {
        return reader;
    }

    /** Notes who parses; it can be interrupted just when it waits for the first line of a request. */
    void parsedBy(InterruptableTask<?> task) {
        parser = task;
    }

    /** Notes that nobody parses any more: no other request follows. */
    void unparsed() {
        parser = null;
        isLast = true;
    }

    /** Notes that the first line of a head has come; throws if the connection was to end before it. */
    void begun() {
        if (stage == Stage.REQUEST) {
            requireNotLast();
            // It came together with the request before.
            await(Stage.HEAD);
        }
    }

    /**
     * Notes that a head has come; throws what answers it if that was too late.
     *
     * @param isLastRequest whether the client wants the connection to end with this request
     */
    void ended(boolean isLastRequest) {
        if (!deadline.keep()) {
            throw late();
        }
        stage = Stage.REQUEST;
        isFirst = false;
        isLast = isLastRequest;
    }

    /** Notes that the connection ends with the request that is served. */
    void last() {
        isLast = true;
    }

    /** Whether the connection ends with the request that is served. */
    boolean isLast() {
        return isLast;
    }

    /** The server would leave it to the client to end the connection. */
    private void requireNotLast() {
        if (isLast) {
            throw new CloseConnectionException("the request before was the last one");
        }
    }

    /** Notes that nothing will be read any more. */
    void over() {
        deadline.keep();
    }

    private void await(Stage next) {
        stage = next;
        deadline = next == Stage.IDLE
                ? Deadline.after(idleTime, this::endIdle)
                : Deadline.after(headTime, accepted::endInput);
    }

    /**
     * On a thread of its own: ends the connection in order, unless the client does not even take what it was answered. With
     * that it could go on for as long as it likes.
     */
    private void endIdle() {
        try {
            if (peers.isBehind(accepted.channel())) {
                accepted.reset();
            }
        } catch (IOException | InterruptedException e) {
            // It is ended in order, unless it is closed already.
        }
        accepted.endInput();
    }

    private byte @Nullable [] read() {
        if (stage == Stage.REQUEST && parser != null && parser.canInterrupt()) {
            requireNotLast();
            await(reader.available() > 0 ? Stage.HEAD : Stage.IDLE);
        }
        byte[] bytes = readSocket();
        if (bytes != null) {
            arrived();
        } else if (stage == Stage.HEAD && !deadline.keep()) {
            throw late();
        }
        return bytes;
    }

    private void arrived() {
        if (stage == Stage.IDLE) {
            if (isFirst) {
                // Its time goes on.
                stage = Stage.HEAD;
            } else if (deadline.keep()) {
                await(Stage.HEAD);
            }
        }
    }

    private byte @Nullable [] readSocket() {
        // The server may have waited for the first bytes, to see which protocol they are of.
        DataReader ahead = context.dataReader();
        if (!wire.isEncrypted() && ahead.available() > 0) {
            return ahead.readBytes(ahead.available());
        }
        boolean isHead = stage != Stage.REQUEST && !wire.isEncrypted();
        ByteBuffer bytes = ByteBuffer.allocate(isHead ? HEAD_AT_ONCE : READ_AT_ONCE);
        try {
            return wire.read(bytes) < 0 ? null : Arrays.copyOf(bytes.array(), bytes.position());
        } catch (IOException e) {
            throw new ServerConnectionException("the connection failed", e);
        }
    }

    private static RequestException late() {
        return RequestException.builder()
                .type(DirectHandler.EventType.OTHER)
                .status(Status.REQUEST_TIMEOUT_408)
                .message("the head of a request did not come in time")
                .build();
    }
}
