package io.transit.core;

/** What the bytes of an attempt run through, as its transfer sees it. All methods are called under the transfer's lock. */
interface Path {
    TransferChannel.SendingEnd sendingEnd();

    TransferChannel.ReceivingEnd receivingEnd();

    /** By the thread that holds what came out last: it does so no more. */
    void letGo();

    /** Whether nothing has ever gone in. */
    boolean isUntouched();

    /** Whether the sender's thread is at the receiver's target, or about to be. */
    boolean isWriting();

    /** The receiver has everything, whatever this attempt has brought of it. */
    void completed();
}
