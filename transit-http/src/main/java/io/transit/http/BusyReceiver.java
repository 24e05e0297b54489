package io.transit.http;

/**
 * What is done about a receiver that takes a file.
 *
 * @param connection where it is
 * @param leave what is to be done when it is there no more
 */
record BusyReceiver(Connection connection, Runnable leave) implements PeerWatch.Actions {
    @Override
    public void gone() {
        leave.run();
    }

    /** However little it took, it has not stalled. */
    @Override
    public void behind() {
        connection.retryWrite();
    }
}
