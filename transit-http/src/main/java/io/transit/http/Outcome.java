package io.transit.http;

import io.transit.core.InterruptReason;
import io.transit.core.Receipt;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import io.transit.core.TransferStatus;
import java.util.Optional;

/** The last message of dialect 2, and its close: what became of the transfer, or why there was none. */
final class Outcome {
    private Outcome() {}

    static void delivered(WebSocket socket, Receipt receipt) {
        socket.closeWith(ServerMessage.delivered(receipt.bytes(), Optional.of(receipt.elapsed()), receipt.sha256()));
    }

    static void tell(WebSocket socket, TransferException why) {
        tell(socket, why, Optional.empty());
    }

    /**
     * Tells it.
     *
     * @param status what else is known of the transfer
     */
    static void tell(WebSocket socket, TransferException why, Optional<TransferStatus> status) {
        String text = Failures.text(why);
        switch (why) {
            case TransferException.Taken taken -> socket.fail(CloseCode.REFUSED, "TAKEN", text);
            case TransferException.NotFound unknown -> socket.fail(CloseCode.REFUSED, "NOT_FOUND", text);
            case TransferException.Paused paused -> interrupted(socket, paused.reason(), text);
            case TransferException.Ended ended -> tell(socket, ended.state(), text, status);
            case TransferException.Rejected rejected -> socket.fail(CloseCode.REFUSED, reason(rejected), text);
            case TransferException.Unavailable unavailable -> socket.fail(CloseCode.FAILED, "UNAVAILABLE", text);
        }
    }

    private static String reason(TransferException.Rejected rejected) {
        return rejected.field().equals("token") ? "WRONG_TOKEN" : "REJECTED";
    }

    private static void tell(WebSocket socket, TransferState.Final end, String text, Optional<TransferStatus> status) {
        switch (end) {
            case TransferState.Completed(long bytes) ->
                socket.closeWith(
                        ServerMessage.delivered(bytes, Optional.empty(), status.flatMap(TransferStatus::sha256)));
            case TransferState.Interrupted cut -> interrupted(socket, cut.reason(), text);
        }
    }

    private static void interrupted(WebSocket socket, InterruptReason reason, String text) {
        CloseCode code = reason == InterruptReason.SHUTDOWN ? CloseCode.RESTARTING : CloseCode.FAILED;
        socket.fail(code, reason.name(), text);
    }
}
