package io.transit.core;

import java.util.Optional;

/** Why a rendezvous or a handle refused. Unchecked, and sealed, so that a switch over it is exhaustive. */
public abstract sealed class TransferException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One line. */
    private final String message;

    private TransferException(String message) {
        super(message);
        this.message = message;
    }

    /**
     * Says what was refused.
     *
     * @return one line
     */
    @Override
    public String getMessage() {
        return message;
    }

    /** Somebody else has the seat: the id is offered, the offer is claimed, or a newer sender came with the token. */
    public static final class Taken extends TransferException {
        private static final long serialVersionUID = 1L;

        /**
         * Says what is taken.
         *
         * @param message one line
         */
        public Taken(String message) {
            super(message);
        }
    }

    /** Nothing is known of the id: it was never offered, or its end is long ago. */
    public static final class NotFound extends TransferException {
        private static final long serialVersionUID = 1L;

        /**
         * Says what was looked for.
         *
         * @param id an id that nobody offers
         */
        public NotFound(TransferId id) {
            super("there is no transfer " + id.shortened());
        }
    }

    /** The attempt is over, but the transfer is not: the sender may wait for the next receiver. */
    public static final class Paused extends TransferException {
        private static final long serialVersionUID = 1L;

        /** Why the attempt ended. */
        private final InterruptReason reason;

        /** How far its receiver came. */
        private final long bytes;

        /** Whether its receiver has what it claimed. */
        private final boolean completed;

        /**
         * Says why, and where.
         *
         * @param reason why the attempt ended
         * @param bytes up to which position in the file its receiver has everything
         * @param completed whether that receiver has completed the part that it claimed
         */
        public Paused(InterruptReason reason, long bytes, boolean completed) {
            super("the attempt was interrupted: " + reason);
            this.reason = reason;
            this.bytes = bytes;
            this.completed = completed;
        }

        /**
         * Returns how far the receiver of that attempt came, whoever has come since.
         *
         * @return a position in the file
         */
        public long bytes() {
            return bytes;
        }

        /**
         * Tells whether the receiver of that attempt has its part, which may be a file without bytes, or just left.
         *
         * @return whether it has completed
         */
        public boolean isCompleted() {
            return completed;
        }

        /**
         * Returns why.
         *
         * @return the reason that ended the attempt
         */
        public InterruptReason reason() {
            return reason;
        }
    }

    /** The transfer is over (rule T2). */
    public static final class Ended extends TransferException {
        private static final long serialVersionUID = 1L;

        /** How it ended. Not serialised, as records of state are not. */
        private final transient TransferState.Final state;

        /**
         * Says how.
         *
         * @param state how it ended
         */
        public Ended(TransferState.Final state) {
            super(
                    switch (state) {
                        case TransferState.Completed done -> "the transfer is complete";
                        case TransferState.Interrupted cut -> "the transfer was interrupted: " + cut.reason();
                    });
            this.state = state;
        }

        /**
         * Returns how it ended.
         *
         * @return completed, or interrupted with the reason
         */
        public TransferState.Final state() {
            return state;
        }

        /**
         * Returns why it was interrupted.
         *
         * @return the reason, or empty if the transfer was completed
         */
        public Optional<InterruptReason> reason() {
            return switch (state) {
                case TransferState.Completed done -> Optional.empty();
                case TransferState.Interrupted cut -> Optional.of(cut.reason());
            };
        }
    }

    /** An argument is not acceptable; nothing was changed. */
    public static final class Rejected extends TransferException {
        private static final long serialVersionUID = 1L;

        /** What is not acceptable. */
        private final String field;

        /**
         * Says what and why.
         *
         * @param field the argument's name
         * @param why one line, fit to be shown to whoever sent the argument
         */
        public Rejected(String field, String why) {
            super(why);
            this.field = field;
        }

        /**
         * Returns what is not acceptable.
         *
         * @return the argument's name
         */
        public String field() {
            return field;
        }
    }

    /** Not now: at capacity, shutting down, or the store between the nodes cannot be reached. */
    public static final class Unavailable extends TransferException {
        private static final long serialVersionUID = 1L;

        /**
         * Says why.
         *
         * @param message one line
         */
        public Unavailable(String message) {
            super(message);
        }
    }
}
