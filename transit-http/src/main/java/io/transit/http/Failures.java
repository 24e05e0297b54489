package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.InterruptReason;
import io.transit.core.TransferException;
import io.transit.core.TransferState;

/**
 * What each failure is in HTTP: the table of statuses in docs/http-api.md, and the words for it. The switches are exhaustive,
 * so that a new failure cannot be forgotten here.
 */
final class Failures {
    private Failures() {}

    /** To a sender that is still owed its status. */
    static Status toSender(TransferException failure) {
        return switch (failure) {
            case TransferException.Taken taken -> Status.CONFLICT_409;
            case TransferException.NotFound unknown -> Status.NOT_FOUND_404;
            case TransferException.Paused paused -> toSender(paused.reason());
            case TransferException.Ended ended -> toSender(ended.state());
            case TransferException.Rejected rejected -> Status.BAD_REQUEST_400;
            case TransferException.Unavailable unavailable -> Status.SERVICE_UNAVAILABLE_503;
        };
    }

    /** To a receiver that is still owed its status. */
    static Status toReceiver(TransferException failure) {
        return switch (failure) {
            case TransferException.Taken taken -> Status.CONFLICT_409;
            case TransferException.NotFound unknown -> Status.NOT_FOUND_404;
            case TransferException.Paused paused -> Status.CONFLICT_409;
            case TransferException.Ended ended -> toLatecomer(ended.state());
            // What it wants of the file cannot be had.
            case TransferException.Rejected rejected -> Status.CONFLICT_409;
            case TransferException.Unavailable unavailable -> Status.SERVICE_UNAVAILABLE_503;
        };
    }

    private static Status toSender(TransferState.Final end) {
        return switch (end) {
            case TransferState.Completed done -> Status.GONE_410;
            case TransferState.Interrupted cut -> toSender(cut.reason());
        };
    }

    static Status toSender(InterruptReason reason) {
        return switch (reason) {
            case RECEIVER_LEFT, CANCELLED -> Status.GONE_410;
            case SENDER_LEFT, TRUNCATED, OVERRUN -> Status.BAD_REQUEST_400;
            case SENDER_STALLED, RECEIVER_STALLED, EXPIRED -> Status.REQUEST_TIMEOUT_408;
            case NODE_LOST, STORE_LOST, SHUTDOWN -> Status.SERVICE_UNAVAILABLE_503;
        };
    }

    /** To a receiver that has claimed, and has got no byte. */
    static Status toReceiver(InterruptReason reason) {
        return switch (reason) {
            case SENDER_LEFT, RECEIVER_LEFT, RECEIVER_STALLED, CANCELLED, EXPIRED -> Status.GONE_410;
            case TRUNCATED, OVERRUN, SENDER_STALLED -> Status.BAD_GATEWAY_502;
            case NODE_LOST, STORE_LOST, SHUTDOWN -> Status.SERVICE_UNAVAILABLE_503;
        };
    }

    /** To one who only looks: {@code 200} as long as it is not over. */
    static Status toLatecomer(TransferState state) {
        return state instanceof TransferState.Final end ? toLatecomer(end) : Status.OK_200;
    }

    /** To one who comes after the end. An offer that expired and one that never was look the same. */
    private static Status toLatecomer(TransferState.Final end) {
        return end instanceof TransferState.Interrupted cut && cut.reason() == InterruptReason.EXPIRED
                ? Status.NOT_FOUND_404
                : Status.GONE_410;
    }

    /** To one on a WebSocket whose transfer is over. */
    static CloseCode closeCode(TransferException failure) {
        return failure instanceof TransferException.Ended ended
                ? ended.reason().map(Failures::closeCode).orElse(CloseCode.FAILED)
                : CloseCode.FAILED;
    }

    static CloseCode closeCode(InterruptReason reason) {
        return reason == InterruptReason.SHUTDOWN ? CloseCode.RESTARTING : CloseCode.FAILED;
    }

    /** One line for people; the first word of what a program may look for is the reason's name, at the end. */
    static String text(TransferException failure) {
        return switch (failure) {
            case TransferException.Taken taken -> taken.getMessage();
            case TransferException.NotFound unknown -> UNKNOWN;
            case TransferException.Paused paused -> text(paused.reason());
            case TransferException.Ended ended -> text(ended.state());
            case TransferException.Rejected rejected -> rejected.getMessage();
            case TransferException.Unavailable unavailable -> "not now: " + unavailable.getMessage() + "; try again";
        };
    }

    /** The same, for a receiver, who is not told that an offer which expired ever was there. */
    static String textToReceiver(TransferException failure) {
        return toReceiver(failure).equals(Status.NOT_FOUND_404) ? UNKNOWN : text(failure);
    }

    static final String UNKNOWN = "there is no such transfer: the link is wrong, or its time is over";

    private static String text(TransferState.Final end) {
        return switch (end) {
            case TransferState.Completed done -> "this file was already delivered";
            case TransferState.Interrupted cut -> text(cut.reason());
        };
    }

    static String text(InterruptReason reason) {
        String words = switch (reason) {
            case SENDER_LEFT -> "the sender left before the file was complete";
            case RECEIVER_LEFT -> "the receiver left before it had the whole file";
            case SENDER_STALLED -> "the sender sent nothing for too long";
            case RECEIVER_STALLED -> "the receiver took nothing for too long";
            case TRUNCATED -> "the file is incomplete: fewer bytes came than were announced";
            case OVERRUN -> "more bytes came than were announced";
            case EXPIRED -> "no receiver came in time";
            case NODE_LOST -> "the server of the other side is gone";
            case STORE_LOST -> "the servers lost their connection to each other";
            case SHUTDOWN -> "the server is shutting down; try again";
            case CANCELLED -> "the transfer was cancelled";
        };
        return words + " (" + reason + ")";
    }
}
