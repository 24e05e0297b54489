package io.transit.http;

import io.transit.core.BufferPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A WebSocket with one client. Its connection's thread reads, in {@link #text} and {@link #binary}, which also answer pings
 * and the client's close; any thread may write.
 *
 * <p>What is wrong with what comes is answered with a close before it is thrown. Once a close was written, by whomever, what
 * still comes is dropped until the client closes too, and at most for {@link #CLOSE_PATIENCE}: reading then comes to an end
 * like that of any other WebSocket.
 *
 * <p>It reads with a few hundred bytes until payload flows, and with one leased buffer from then on.
 */
final class WebSocket {
    private static final System.Logger LOG = System.getLogger(WebSocket.class.getPackageName());

    /** How long a client may take to answer a close. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** How long a client may take to answer the one that follows a file; what it has still to take then, it can. */
    private static final Duration FINISH_PATIENCE = Duration.ofSeconds(2);

    private static final int MAX_TEXT = 64 * 1024;
    private static final int SMALL = 512;

    private final Connection connection;
    private final BufferPool pool;
    private final Dialect dialect;
    private final Heartbeats heartbeats;
    private final FrameDecoder decoder = new FrameDecoder(MAX_TEXT);
    private final FrameWriter writer;

    /** What was read and not yet decoded. */
    private ByteBuffer wire = ByteBuffer.allocate(SMALL).limit(0);

    private boolean isLeased;
    private volatile boolean payloadFlows;
    private boolean ended;
    private Optional<Incoming.Close> farewell = Optional.empty();
    private volatile boolean heard;
    private volatile boolean engaged;

    WebSocket(Connection connection, BufferPool pool, Dialect dialect, Heartbeats heartbeats) {
        this.connection = connection;
        this.pool = pool;
        this.dialect = dialect;
        this.heartbeats = heartbeats;
        this.writer = new FrameWriter(connection);
    }

    /** Who asked for it. */
    Client client() {
        return connection.client();
    }

    // ---- reading

    /**
     * Takes a text message, waiting for it.
     *
     * @return the text; or empty if the WebSocket is closed, or the client went away without closing it
     * @throws WebSocketException if something else came
     * @throws IOException if the connection failed
     */
    Optional<String> text() throws IOException {
        Optional<Incoming.Payload> first = next(true);
        return first.isPresent() ? text(first.get()) : Optional.empty();
    }

    /** Takes the rest of a text message. */
    private Optional<String> text(Incoming.Payload first) throws IOException {
        var message = new ByteArrayOutputStream();
        for (var next = Optional.of(first); next.isPresent(); next = next(true)) {
            byte[] run = new byte[next.get().run().remaining()];
            next.get().run().get(run);
            message.writeBytes(run);
            if (next.get().ends()) {
                return Optional.of(decode(message.toByteArray()));
            }
        }
        return Optional.empty();
    }

    /**
     * Takes the next text message, or the next run of a binary one, waiting for it.
     *
     * @return what came; or empty if the WebSocket is closed, or the client went away without closing it
     * @throws WebSocketException if it breaks the framing
     * @throws IOException if the connection failed
     */
    Optional<Message> message() throws IOException {
        Optional<Incoming.Payload> next = next();
        if (next.isPresent() && next.get().isText()) {
            return text(next.get()).map(Message.Words::new);
        }
        return next.map(payload -> new Message.Run(payload.run()));
    }

    /** Sets the most bytes that a text message may have from now on. */
    void limitText(int bytes) {
        decoder.limitText(bytes);
    }

    /** Says whether payload is expected, which takes a larger buffer: that is given back when the client has said all. */
    void expectPayload(boolean expected) {
        payloadFlows = expected;
    }

    /** How the client has closed the WebSocket, if it has. */
    Optional<Incoming.Close> farewell() {
        return farewell;
    }

    private String decode(byte[] text) throws WebSocketException {
        try {
            return FrameDecoder.text(ByteBuffer.wrap(text));
        } catch (WebSocketException e) {
            throw refuse(e);
        }
    }

    /**
     * Takes the next run of a binary message, waiting for it.
     *
     * @return a run that is valid until the next call; or empty if the WebSocket is closed, or the client went away without
     *     closing it
     * @throws WebSocketException if something else came
     * @throws IOException if the connection failed
     */
    Optional<Incoming.Payload> binary() throws IOException {
        Optional<Incoming.Payload> next = next(false);
        payloadFlows = true;
        return next;
    }

    /** Drops what still comes, until the client has closed the WebSocket too. */
    void drain() throws IOException {
        while (next(false).isPresent()) {
            // Nothing comes once a close was written.
        }
    }

    private Optional<Incoming.Payload> next(boolean textBelongsHere) throws IOException {
        Optional<Incoming.Payload> next = next();
        if (next.isPresent() && next.get().isText() != textBelongsHere) {
            throw refuse(new WebSocketException(
                    CloseCode.WRONG_TYPE,
                    textBelongsHere ? "Binary came where text belongs." : "Text came where binary belongs."));
        }
        return next;
    }

    private Optional<Incoming.Payload> next() throws IOException {
        try {
            while (!ended) {
                Optional<Incoming> next = decoder.decode(wire);
                if (next.isEmpty()) {
                    fill();
                } else if (next.get() instanceof Incoming.Payload payload) {
                    if (!writer.isClosed()) {
                        return Optional.of(payload);
                    }
                } else {
                    answer(next.get());
                }
            }
            return Optional.empty();
        } catch (WebSocketException e) {
            throw refuse(e);
        }
    }

    private void answer(Incoming control) throws IOException {
        switch (control) {
            case Incoming.Ping(ByteBuffer payload) -> writer.pong(payload);
            case Incoming.Pong pong -> {}
            case Incoming.Close close -> {
                ended = true;
                farewell = Optional.of(close);
                writer.close(Optional.empty(), close.code(), "");
            }
            case Incoming.Payload payload -> throw new AssertionError(payload);
        }
    }

    private void fill() throws IOException {
        boolean isWanted = payloadFlows && !writer.isClosed();
        if (isWanted && !isLeased) {
            wire = pool.lease(Integer.MAX_VALUE);
            isLeased = true;
        } else if (!isWanted && isLeased) {
            giveBack();
            wire = ByteBuffer.allocate(SMALL);
        }
        wire.clear();
        int count = connection.read(wire);
        wire.flip();
        heard = true;
        ended = count < 0;
    }

    /** Returns the leased buffer. Idempotent; nothing can be read afterwards. */
    void release() {
        ended = true;
        giveBack();
    }

    private void giveBack() {
        if (isLeased) {
            isLeased = false;
            pool.release(wire);
        }
    }

    /** Whether something came since this was asked last. */
    boolean heardSince() {
        boolean since = heard;
        heard = false;
        return since;
    }

    /** Whether what the client sends is heard at once: not while a run of payload waits to be taken. */
    boolean isListening() {
        return connection.isReading();
    }

    // ---- writing

    /** Sends a text message, waiting for the client to take it. */
    void send(String text) throws IOException {
        writer.write(Opcode.TEXT, FrameWriter.utf8(text));
    }

    /** Sends a text message to a client that ought to take it at once; one that takes nothing for a minute is cut off. */
    void say(String text) throws IOException {
        Deadline taken = connection.mustBeTaken();
        try {
            send(text);
        } finally {
            taken.keep();
        }
    }

    /** Sends a binary message, waiting for the client to take it; the buffer is drained on return. */
    void send(ByteBuffer payload) throws IOException {
        writer.write(Opcode.BINARY, payload);
    }

    /** Asks the client for a sign of life, unless it is busy taking something; returns whether it is still connected. */
    boolean ping() {
        try {
            writer.ping();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What has it pinged, along with others. */
    Heartbeats heartbeats() {
        return heartbeats;
    }

    /** Whether a close was written, be it in answer to the client's. */
    boolean isClosed() {
        return writer.isClosed();
    }

    /** Closes, because all is done. */
    void close() {
        close(Optional.empty(), CloseCode.NORMAL, "");
    }

    /** Closes behind what the client has still to take, which it is not cut off from. */
    void finish() throws IOException {
        writer.close(Optional.empty(), OptionalInt.of(CloseCode.NORMAL.number()), "");
        connection.endInputWithin(FINISH_PATIENCE);
    }

    /** Says what is wrong, in a message of the dialect, and closes. */
    void fail(CloseCode code, String why) {
        fail(code, "FAILED", why);
    }

    /**
     * Says what is wrong, in a message of the dialect, and closes.
     *
     * @param reason for programs, where the dialect has a place for it
     */
    void fail(CloseCode code, String reason, String why) {
        close(Optional.of(dialect.lastWords(reason, why)), code, why);
    }

    /** Closes because of the client, which need not be told more. */
    void dismiss(CloseCode code, String why) {
        close(Optional.empty(), code, why);
    }

    /** Notes that a transfer depends on this WebSocket from now on. */
    void engage() {
        engaged = true;
    }

    /** Closes because the server goes away, unless a transfer depends on this WebSocket: then its end decides. */
    void goAway() {
        if (!engaged) {
            close(Optional.empty(), CloseCode.GOING_AWAY, "The server is shutting down.");
        }
    }

    /** Sends a last message, and closes. */
    void closeWith(String lastWords, CloseCode code) {
        close(Optional.of(lastWords), code, lastWords);
    }

    /** Sends a last message, and closes because all is done. */
    void closeWith(String lastWords) {
        close(Optional.of(lastWords), CloseCode.NORMAL, "");
    }

    /** Answers what a client may not send; returns that, to be thrown. */
    WebSocketException refuse(WebSocketException e) {
        switch (e.code()) {
            case NORMAL, GOING_AWAY, WRONG_TYPE, REFUSED, FAILED, RESTARTING -> fail(e.code(), e.reason(), e.why());
            case TOO_BIG -> close(dialect.aboutLength(e.why()), e.code(), e.why());
            // One who breaks the framing does not wait for messages.
            case PROTOCOL_ERROR, NOT_UTF8 -> close(Optional.empty(), e.code(), e.why());
        }
        return e;
    }

    private void close(Optional<String> lastWords, CloseCode code, String reason) {
        Deadline taken = connection.mustBeTaken();
        try {
            if (writer.close(lastWords, OptionalInt.of(code.number()), reason)) {
                connection.endWithin(CLOSE_PATIENCE);
            }
        } catch (IOException e) {
            abort();
        } finally {
            taken.keep();
        }
    }

    /** Cuts the connection. Whoever reads or writes sees it fail. */
    void abort() {
        connection.reset();
    }

    /** Helps a client that takes a file slowly until the result is ended; that it left is noticed by whoever reads. */
    PeerWatch.Watch watch() throws IOException {
        return connection.watch(new BusyReceiver(connection, () -> {}));
    }

    /** Sees to it that a thread which waits for the client to take something does not wait much longer. */
    void callOffWriter() {
        connection.callOffWriter();
    }

    // ---- threads

    /** What a second thread does for a WebSocket. */
    interface Task {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Does something beside the connection's thread, which is to wait for its end. A failure ends the WebSocket.
     *
     * @return the virtual thread that does it
     */
    Thread beside(Task task) {
        return Thread.startVirtualThread(() -> {
            try {
                task.run();
            } catch (IOException | InterruptedException e) {
                if (!writer.isClosed()) {
                    abort();
                }
            } catch (RuntimeException e) {
                failUnforeseen(e);
            }
        });
    }

    /** Closes because of something that nobody foresaw, and of which a stranger learns nothing. */
    void failUnforeseen(RuntimeException cause) {
        LOG.log(System.Logger.Level.ERROR, "a WebSocket failed", cause);
        fail(CloseCode.FAILED, "This should not have happened; the server's log says more.");
    }
}
