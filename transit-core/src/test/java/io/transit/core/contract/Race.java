package io.transit.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Round after round, several threads try at the same moment to get what only one of them may have. */
final class Race<T> {
    private static final Duration PATIENCE = Duration.ofMinutes(Suite.MINUTES_OF_MANY_ROUNDS);

    private final int rounds;
    private final int racers;
    private final AtomicIntegerArray won;
    private final AtomicIntegerArray lost;
    private final Queue<T> prizes = new ConcurrentLinkedQueue<>();

    Race(int rounds, int racers) {
        this.rounds = rounds;
        this.racers = racers;
        this.won = new AtomicIntegerArray(rounds);
        this.lost = new AtomicIntegerArray(rounds);
    }

    /**
     * Runs all rounds.
     *
     * @param prepare what one thread does before a round, while all others wait for it
     * @param attempt what all do at once; to lose is {@link TransferException.Taken}
     * @param clear what one thread does with what was won, after the round
     */
    void run(Suite suite, IntConsumer prepare, IntFunction<T> attempt, Consumer<T> clear) throws InterruptedException {
        var next = new int[1];
        var line = new CyclicBarrier(racers, () -> {
            prizes.forEach(clear);
            prizes.clear();
            if (next[0] < rounds) {
                prepare.accept(next[0]);
            }
            next[0]++;
        });
        List<Task<Integer>> running = new ArrayList<>();
        for (int racer = 0; racer < racers; racer++) {
            running.add(suite.start(() -> {
                for (int round = 0; round < rounds; round++) {
                    line.await();
                    race(round, attempt);
                }
                return line.await();
            }));
        }
        for (Task<Integer> racer : running) {
            racer.result(PATIENCE);
        }
    }

    private void race(int round, IntFunction<T> attempt) {
        try {
            prizes.add(attempt.apply(round));
            won.incrementAndGet(round);
        } catch (TransferException.Taken e) {
            lost.incrementAndGet(round);
        }
    }

    void assertOneWinnerEach() {
        for (int round = 0; round < rounds; round++) {
            assertThat(won.get(round)).as("winners of round %d", round).isEqualTo(1);
            assertThat(lost.get(round)).as("losers of round %d", round).isEqualTo(racers - 1);
        }
    }
}
