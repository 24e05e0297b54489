package io.transit.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.transit.core.Frame;
import io.transit.core.InterruptReason;
import io.transit.core.Receiver;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.OptionalLong;

/**
 * What was claimed on its way to one client. Nothing is answered before the sender's first byte or its DONE, so that every
 * failure until then has a status. After that a failure cuts the answer short; and the answer is finished only once DONE has
 * been verified, so that none that looks whole is not.
 */
final class Delivery {
    private final Exchange exchange;
    private final Receiver receiver;
    private final Portion portion;

    /** Prepares it: the receiver is that of what the portion claims. */
    Delivery(Exchange exchange, Receiver receiver, Portion portion) {
        this.exchange = exchange;
        this.receiver = receiver;
        this.portion = portion;
    }

    /** Throws what ends the connection; or returns why it was interrupted, if nothing has been answered. */
    InterruptReason run() throws IOException, InterruptedException {
        Connection connection = exchange.connection();
        PeerWatch.Watch watch = connection.watch(new BusyReceiver(connection, receiver::close));
        try {
            return run(new FileAnswer(connection, this::begin), watch);
        } finally {
            watch.end();
        }
    }

    private InterruptReason run(FileAnswer answer, PeerWatch.Watch watch) throws IOException, InterruptedException {
        WritableByteChannel target = portion.into(answer, receiver);
        return switch (receiver.transferTo(target)) {
            case Frame.Data data -> throw new AssertionError(data);
            case Frame.Interrupt(var reason)
            when answer.hasBegun() -> {
                if (answer.isOfLength() && Interruption.endsInOrder(reason)) {
                    throw exchange.end();
                }
                throw new IOException(Failures.text(reason));
            }
            case Frame.Interrupt(var reason) -> reason;
            case Frame.Done done -> {
                end(target);
                answer.verified();
                // From now on the client may go, as it does when it has all.
                watch.end();
                finish(answer, done);
                complete();
                throw exchange.end();
            }
        };
    }

    /** Has what is still missing of an archive made, for which a client has only so much time, as nobody else looks after it. */
    private void end(WritableByteChannel target) throws IOException {
        if (target instanceof ArchiveChannel archive) {
            Deadline taken = exchange.connection().mustBeTaken();
            try {
                archive.finish();
            } finally {
                taken.keep();
            }
        }
    }

    /** The client has still to take the last byte: a little later than its sender is told that it did not, it is too late. */
    private void finish(FileAnswer answer, Frame.Done done) throws IOException, InterruptedException {
        Connection connection = exchange.connection();
        receiver.whenOver().thenAccept(how -> {
            if (how instanceof TransferState.Interrupted) {
                connection.callOffWriter();
            }
        });
        PeerWatch.Watch slow = connection.watch(new BusyReceiver(connection, () -> {}));
        try {
            answer.finish(trailers(done));
        } finally {
            slow.end();
        }
    }

    private ResponseBody begin() throws IOException {
        Representation file = portion.whole();
        if (portion.firstByte() > 0) {
            OptionalLong rest = OptionalLong.of(file.size().orElseThrow() - portion.firstByte());
            return exchange.begin(Status.PARTIAL_CONTENT_206, FileHeaders.of(file, portion.firstByte()), rest);
        }
        ServerResponseHeaders headers = FileHeaders.of(file);
        boolean trailer = hasTrailer();
        if (trailer) {
            headers.set(HeaderNames.TRAILER, ReprDigest.NAME.defaultCase());
        }
        return exchange.begin(Status.OK_200, headers, trailer ? OptionalLong.empty() : file.size());
    }

    /** A digest that the client asked for, and can take, comes behind the last chunk; so then there are chunks. */
    private boolean hasTrailer() {
        return portion.hasDigest()
                && ReprDigest.canFollow(exchange)
                && (ReprDigest.isWanted(exchange)
                        || (receiver.offer().digest() && portion.whole().size().isEmpty()));
    }

    private Header[] trailers(Frame.Done done) {
        return portion.hasDigest() && ReprDigest.canFollow(exchange)
                ? done.sha256().map(ReprDigest::of).stream().toArray(Header[]::new)
                : new Header[0];
    }

    /** The client has the whole file; that its sender was told otherwise in the meantime does not change that. */
    private void complete() {
        try {
            receiver.complete();
        } catch (TransferException.Ended e) {
            // What the transfer's record says.
        }
    }
}
