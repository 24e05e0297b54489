package io.transit.core.contract;

import io.transit.core.Rendezvous;
import io.transit.core.TransferLimits;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link Rendezvous} keeps, topic by topic. An implementation's test extends this class and opens what is to be
 * tested, be it one node or several behind one facade; it is never asked which it is.
 */
public abstract class RendezvousContract {
    /**
     * Opens a rendezvous that nobody else uses.
     *
     * @param limits what bounds it
     * @return a rendezvous, which the suite closes
     */
    protected abstract Rendezvous open(TransferLimits limits);

    @Nested
    class Frames extends FramesContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Payload extends PayloadContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Done extends DoneContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class HandOff extends HandOffContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Backpressure extends BackpressureContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Stall extends StallContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Seats extends SeatsContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class AttemptOver extends AttemptOverContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Leaving extends LeavingContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class ReceiverReturns extends ReceiverReturnsContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Parts extends PartsContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class TakeOver extends TakeOverContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class SenderToken extends SenderTokenContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class SenderReturns extends SenderReturnsContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Rest extends RestContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class End extends EndContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Waiting extends WaitingContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Arrival extends ArrivalContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Change extends ChangeContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }

    @Nested
    class Shutdown extends ShutdownContract {
        @Override
        protected Rendezvous open(TransferLimits limits) {
            return RendezvousContract.this.open(limits);
        }
    }
}
