package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A24: how often a client may look for what is not there. */
class MissesTest {
    private static final int MOST = 30;
    private static final TransferId SHORT = new TransferId("report");

    private final AtomicLong clock = new AtomicLong();
    private final Misses misses = new Misses(MOST, clock::get);

    @Test
    void A24_a_client_may_miss_so_often_and_then_no_more() throws Exception {
        miss("192.0.2.1", MOST - 1);
        assertThat(mayAsk("192.0.2.1")).isTrue();
        miss("192.0.2.1", 1);
        assertThat(mayAsk("192.0.2.1")).isFalse();
    }

    @Test
    void A24_it_is_forgiven_bit_by_bit() throws Exception {
        miss("192.0.2.1", MOST);
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(mayAsk("192.0.2.1")).isTrue();
        miss("192.0.2.1", 1);
        assertThat(mayAsk("192.0.2.1")).isFalse();
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        miss("192.0.2.1", MOST - 1);
        assertThat(mayAsk("192.0.2.1")).isTrue();
    }

    @Test
    void A24_another_client_is_not_concerned() throws Exception {
        miss("192.0.2.1", MOST);
        assertThat(mayAsk("192.0.2.2")).isTrue();
    }

    @Test
    void A24_a_network_of_IPv6_is_one_client() throws Exception {
        for (int i = 0; i < MOST; i++) {
            miss("2001:db8:0:1::" + Integer.toHexString(i), 1);
        }
        assertThat(mayAsk("2001:db8:0:1:ffff::1")).isFalse();
        assertThat(mayAsk("2001:db8:0:2::1")).isTrue();
    }

    @Test
    void A24_what_cannot_be_guessed_may_always_be_asked_for() throws Exception {
        miss("192.0.2.1", 2 * MOST);
        assertThat(misses.mayAsk(InetAddress.getByName("192.0.2.1"), TransferId.random()))
                .isTrue();
    }

    @Test
    void A24_0_is_no_limit() throws Exception {
        var none = new Misses(0, clock::get);
        for (int i = 0; i < 100; i++) {
            none.add(InetAddress.getByName("192.0.2.1"));
        }
        assertThat(none.mayAsk(InetAddress.getByName("192.0.2.1"), SHORT)).isTrue();
        assertThat(none.size()).isZero();
    }

    @Test
    void A24_only_so_many_clients_are_kept_and_none_for_longer_than_needed() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            miss("10.0." + i / 250 + "." + i % 250, 1);
        }
        assertThat(misses.size()).isEqualTo(10_000);
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        miss("192.0.2.1", 1);
        assertThat(misses.size()).isEqualTo(1);
    }

    private boolean mayAsk(String address) throws Exception {
        return misses.mayAsk(InetAddress.getByName(address), SHORT);
    }

    private void miss(String address, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            misses.add(InetAddress.getByName(address));
        }
    }
}
