package io.transit.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one transfer that was cut.
 *
 * @param copied how many bytes the receiver has in its file
 * @param whole whether these are all that was sent
 * @param begun whether they are at least its first bytes, however many
 * @param state what the server says of the transfer, if it lives
 * @param retryRefused whether one who came back for the rest was refused
 * @param took from the kill until both commands had ended
 */
record CutOutcome(
        Cut cut,
        End sender,
        End receiver,
        long copied,
        boolean whole,
        boolean begun,
        String state,
        boolean retryRefused,
        Duration took) {

    /** How a command ended, and what it wrote. */
    record End(int exitCode, String output) {
        boolean isGood() {
            return exitCode == 0;
        }
    }

    /** Whether the receiver says that it has the file, or would have said so a moment later. */
    boolean isDelivered() {
        return receiver.isGood() || (cut.victim() == Cut.Victim.RECEIVER && state.equals("completed") && whole);
    }

    /** The one law: a receiver that says it has the file has it; any other has nothing else than its first bytes. */
    boolean isRight() {
        return receiver.isGood() ? whole : begun;
    }

    /** Whether the survivors were told what happened, which is that all went well if the receiver has the file. */
    boolean isTold() {
        return switch (cut.victim()) {
            case SENDER -> state.equals(isDelivered() ? "completed" : "interrupted SENDER_LEFT");
            case RECEIVER ->
                isDelivered()
                        ? state.equals("completed") && isSenderToldOfDelivery()
                        : state.equals("interrupted RECEIVER_LEFT") && isSenderToldOfReceiver();
            case SERVER, SENDERS_NODE -> isDelivered() || !isSenderToldOfDelivery();
            case RECEIVERS_NODE ->
                state.equals("completed")
                        ? whole && isSenderToldOfDelivery()
                        : state.equals("interrupted NODE_LOST") && isSenderToldOfNode();
        };
    }

    private boolean isSenderToldOfDelivery() {
        return sender.isGood() && sender.output().contains(cut.isIdChosen() ? "Transfer complete." : "\nDelivered: ");
    }

    private boolean isSenderToldOfReceiver() {
        return cut.isIdChosen()
                ? sender.output().endsWith("(RECEIVER_LEFT)\n410\n")
                : !sender.isGood() && sender.output().contains("\nFailed: the receiver left ");
    }

    private boolean isSenderToldOfNode() {
        return cut.isIdChosen()
                ? sender.output().endsWith("(NODE_LOST)\n503\n")
                : !sender.isGood()
                        && sender.output().contains("\nFailed: the server of the other side is gone (NODE_LOST)");
    }

    /** What is wrong, in words; nothing if all is as it must be. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        if (!isRight()) {
            found.add("a file that is not whole, or not the one that was sent: " + this);
        }
        if (!isTold()) {
            found.add("a survivor was not told: " + this);
        }
        if (!retryRefused) {
            found.add("another try took something: " + this);
        }
        return found;
    }
}
