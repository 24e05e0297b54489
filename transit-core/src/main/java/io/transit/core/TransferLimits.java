package io.transit.core;

import java.time.Duration;

/**
 * What bounds a rendezvous and its transfers. Begin with {@link #DEFAULT} and change what differs; components may join
 * this record in later versions.
 *
 * @param window the most bytes in flight per transfer: sent, and not yet let go by the receiver
 * @param stall how long a side may move no byte while bytes should move, before the transfer ends
 * @param graceWaiting how long a sender that left while it waited may come back with its token
 * @param graceStreaming the same for a sender that left while bytes flowed
 * @param statusKeep how long the status of a transfer can be asked for after its end
 * @param takeOver how long a receiver may have taken no byte when one who comes back for the rest takes its seat
 * @param maxTransfers the most transfers that are open at a time
 */
public record TransferLimits(
        int window,
        Duration stall,
        Duration graceWaiting,
        Duration graceStreaming,
        Duration statusKeep,
        Duration takeOver,
        int maxTransfers) {
    /**
     * 1 MiB in flight, 60 s without progress, 5 s and 30 s of grace, 10 minutes of status, 5 s until a seat may be taken over,
     * 10,000 transfers.
     */
    public static final TransferLimits DEFAULT = new TransferLimits(
            1 << 20,
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            10_000);

    /**
     * Checks all of them.
     *
     * @throws TransferException.Rejected if a number is not positive, the stall time is not, or another time is negative
     */
    public TransferLimits {
        require(window > 0, "window", "a window has at least one byte");
        require(stall.isPositive(), "stall", "a stall time is positive");
        require(!graceWaiting.isNegative(), "graceWaiting", "a time of grace is not negative");
        require(!graceStreaming.isNegative(), "graceStreaming", "a time of grace is not negative");
        require(!statusKeep.isNegative(), "statusKeep", "a time to keep is not negative");
        require(!takeOver.isNegative(), "takeOver", "a time until a seat may be taken over is not negative");
        require(maxTransfers > 0, "maxTransfers", "a rendezvous holds at least one transfer");
    }

    /**
     * Changes the window.
     *
     * @param bytes at least 1
     * @return these limits, with that window
     */
    public TransferLimits withWindow(int bytes) {
        return new TransferLimits(bytes, stall, graceWaiting, graceStreaming, statusKeep, takeOver, maxTransfers);
    }

    /**
     * Changes the stall time.
     *
     * @param time a positive duration
     * @return these limits, with that stall time
     */
    public TransferLimits withStall(Duration time) {
        return new TransferLimits(window, time, graceWaiting, graceStreaming, statusKeep, takeOver, maxTransfers);
    }

    /**
     * Changes both times of grace.
     *
     * @param waiting for a sender that left while it waited
     * @param streaming for a sender that left while bytes flowed
     * @return these limits, with those times
     */
    public TransferLimits withGrace(Duration waiting, Duration streaming) {
        return new TransferLimits(window, stall, waiting, streaming, statusKeep, takeOver, maxTransfers);
    }

    /**
     * Changes how long a status is kept.
     *
     * @param time from zero, which keeps none
     * @return these limits, with that time
     */
    public TransferLimits withStatusKeep(Duration time) {
        return new TransferLimits(window, stall, graceWaiting, graceStreaming, time, takeOver, maxTransfers);
    }

    /**
     * Changes when a receiver that comes back may take the seat of one that takes nothing.
     *
     * @param time from zero, which lets it do so at once
     * @return these limits, with that time
     */
    public TransferLimits withTakeOver(Duration time) {
        return new TransferLimits(window, stall, graceWaiting, graceStreaming, statusKeep, time, maxTransfers);
    }

    /**
     * Changes how many transfers may be open.
     *
     * @param count at least 1
     * @return these limits, with that capacity
     */
    public TransferLimits withMaxTransfers(int count) {
        return new TransferLimits(window, stall, graceWaiting, graceStreaming, statusKeep, takeOver, count);
    }

    private static void require(boolean holds, String field, String why) {
        if (!holds) {
            throw new TransferException.Rejected(field, why);
        }
    }
}
