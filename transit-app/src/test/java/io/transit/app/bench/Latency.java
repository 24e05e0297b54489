package io.transit.app.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a file of 1 KiB takes from the request of the side that comes second, until it is there and until its sender knows.
 * Both sides are of one thread, so that nothing is measured of how threads take turns.
 *
 * @param subject the relay's name
 * @param count how many files
 */
record Latency(String subject, Route.Meeting route, boolean receiverFirst, int count) implements Figure {
    static final String SENDER_FIRST = "P5 sender first";
    static final String RECEIVER_FIRST = "P5 receiver first";
    static final String LAST_BYTE_P50 = "ms to the last byte, p50";
    static final String LAST_BYTE_P99 = "ms to the last byte, p99";
    static final String TOLD_P50 = "ms until the sender is told, p50";

    private static final int SIZE = 1 << 10;
    private static final int WARM_UPS = 200;
    private static final Duration UNTIL_FIRST_WAITS = Duration.ofMillis(15);

    /** Both in milliseconds. */
    private record Times(double lastByte, double told) {}

    @Override
    public void warmUp(long bytes) throws IOException {
        if (bytes > 0) {
            for (int i = 0; i < WARM_UPS; i++) {
                pass();
            }
        }
    }

    @Override
    public void measure(Results results) throws IOException {
        List<Double> lastByte = new ArrayList<>();
        List<Double> told = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Times times = pass();
            lastByte.add(times.lastByte());
            told.add(times.told());
        }
        String name = receiverFirst ? RECEIVER_FIRST : SENDER_FIRST;
        results.add(name, subject, LAST_BYTE_P50, Statistics.median(lastByte));
        results.add(name, subject, LAST_BYTE_P99, Statistics.quantile(lastByte, 0.99));
        results.add(name, subject, TOLD_P50, Statistics.median(told));
    }

    private Times pass() throws IOException {
        Transfer transfer = Transfer.of(SIZE);
        try (Wire sender = Wire.connect(route.senders(), Route.SMALL);
                Wire receiver = Wire.connect(route.receivers(), Route.SMALL)) {
            ask(receiverFirst, sender, receiver, transfer);
            Pause.of(UNTIL_FIRST_WAITS);
            long begun = System.nanoTime();
            ask(!receiverFirst, sender, receiver, transfer);
            long last = Route.Meeting.take(receiver, transfer);
            // Its end tells the relay that the receiver has it.
            receiver.channel().close();
            Upload.requireSuccess(sender);
            return new Times((last - begun) / 1e6, (System.nanoTime() - begun) / 1e6);
        }
    }

    private void ask(boolean asReceiver, Wire sender, Wire receiver, Transfer transfer) throws IOException {
        if (asReceiver) {
            route.ask(receiver, transfer);
        } else {
            new LengthUpload().offer(sender, route.sendPath(transfer), transfer);
            LengthUpload.write(sender, transfer);
        }
    }
}
