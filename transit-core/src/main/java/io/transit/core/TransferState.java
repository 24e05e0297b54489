package io.transit.core;

/**
 * Where a transfer stands. Pure: every transition returns a state and changes nothing else, so implementations keep one
 * of these wherever they like and agree on what follows from what.
 */
public sealed interface TransferState {
    /**
     * Returns the position in the file up to which the receiver has taken it.
     *
     * @return bytes, from the file's first
     */
    long bytes();

    /** The sender waits; nobody has claimed. */
    record Offered() implements TransferState {
        @Override
        public long bytes() {
            return 0;
        }
    }

    /**
     * Both sides are there and bytes flow.
     *
     * @param bytes the position reached
     */
    record Streaming(long bytes) implements TransferState {}

    /**
     * One side is away and may come back.
     *
     * @param bytes the position reached
     * @param cause why the attempt ended
     */
    record Paused(long bytes, InterruptReason cause) implements TransferState {}

    /** No transition leaves one of these (rule T2). */
    sealed interface Final extends TransferState {}

    /**
     * The receiver has taken the whole file.
     *
     * @param bytes its size
     */
    record Completed(long bytes) implements Final {}

    /**
     * The transfer is over and the receiver does not have the whole file.
     *
     * @param bytes the position reached
     * @param reason why
     */
    record Interrupted(long bytes, InterruptReason reason) implements Final {}

    /**
     * Begins an attempt.
     *
     * @param offset the position that the receiver wants first
     * @return streaming from there, or this state if it is final
     */
    default TransferState begin(long offset) {
        return switch (this) {
            case Final end -> end;
            case Offered waiting -> new Streaming(offset);
            case Streaming running -> new Streaming(offset);
            case Paused halted -> new Streaming(offset);
        };
    }

    /**
     * Takes account of a frame that the receiver has taken.
     *
     * @param frame what it took
     * @return the next state; a total other than what was counted is {@code TRUNCATED} (rule T8)
     * @throws IllegalStateException if payload comes before any attempt, or DONE while nothing is streaming
     */
    default TransferState accept(Frame frame) {
        return switch (this) {
            case Final end -> end;
            case Streaming(long bytes) ->
                switch (frame) {
                    case Frame.Data(var payload) -> new Streaming(bytes + payload.remaining());
                    case Frame.Done done when done.totalBytes() == bytes -> new Completed(bytes);
                    case Frame.Done done -> new Interrupted(bytes, InterruptReason.TRUNCATED);
                    case Frame.Interrupt(var reason) -> new Interrupted(bytes, reason);
                };
            case Offered waiting -> acceptIdle(frame);
            // What was in flight when one side left.
            case Paused(long bytes, var cause)
            when frame instanceof Frame.Data(var payload) -> new Paused(bytes + payload.remaining(), cause);
            case Paused halted -> acceptIdle(frame);
        };
    }

    /**
     * Takes account of how far a receiver is that is not here.
     *
     * @param position the position that it has reached
     * @return this state at that position, if it is further than before; a final state stays
     * @throws IllegalStateException if nobody receives
     */
    default TransferState reached(long position) {
        return switch (this) {
            case Final end -> end;
            case Streaming(long bytes) -> new Streaming(Math.max(bytes, position));
            case Paused(long bytes, var cause) -> new Paused(Math.max(bytes, position), cause);
            case Offered waiting -> throw new IllegalStateException("nobody receives");
        };
    }

    /**
     * Ends an attempt, but not the transfer: one side has left and may come back.
     *
     * @param cause why the attempt ended
     * @return paused where the attempt stood, with {@code RECEIVER_LEFT} for its cause if both have left; an offer that nobody has
     *     claimed goes on waiting, a final state stays
     */
    default TransferState pause(InterruptReason cause) {
        return switch (this) {
            case Final end -> end;
            case Offered waiting -> waiting;
            case Streaming(long bytes) -> new Paused(bytes, cause);
            // Of both that are away the receiver counts: whoever reads this may take its place.
            case Paused(long bytes, var before) ->
                new Paused(bytes, cause == InterruptReason.RECEIVER_LEFT ? cause : before);
        };
    }

    private TransferState acceptIdle(Frame frame) {
        if (frame instanceof Frame.Interrupt(var reason)) {
            return new Interrupted(bytes(), reason);
        }
        throw new IllegalStateException("no attempt is running that this could belong to: " + frame);
    }
}
