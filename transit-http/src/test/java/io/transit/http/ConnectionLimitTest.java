package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How many connections there may be. */
class ConnectionLimitTest {
    private static final int MOST = 8;

    /** What is taken on beside that. */
    private static final int SURPLUS = 3;

    private final ConnectionLimit limit = new ConnectionLimit(MOST, OptionalInt.of(4), new Proxies(List.of()));

    @Test
    void as_many_as_may_be_are_admitted_and_some_more_are_told() throws Exception {
        for (int i = 0; i < MOST; i++) {
            assertThat(enter("10.0.0." + i).refusal()).isEmpty();
        }
        for (int i = 0; i < SURPLUS; i++) {
            assertThat(enter("10.0.1." + i).refusal().orElseThrow().status().code())
                    .isEqualTo(503);
        }
        assertThat(limit.admit(address("10.0.2.1"))).isEmpty();
    }

    @Test
    void one_client_has_its_own_limit_which_is_no_other_s() throws Exception {
        List<ConnectionLimit.Place> own = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            own.add(enter("10.0.0.1"));
        }
        ConnectionLimit.Place refused = enter("10.0.0.1");
        assertThat(refused.refusal().orElseThrow().status().code()).isEqualTo(429);
        assertThat(enter("10.0.0.2").refusal()).isEmpty();

        refused.leave();
        own.get(0).leave();

        assertThat(enter("10.0.0.1").refusal()).isEmpty();
    }

    @Test
    void who_left_twice_made_room_for_one() throws Exception {
        ConnectionLimit.Place first = enter("10.0.0.1");
        for (int i = 0; i < 3; i++) {
            enter("10.0.0.1");
        }

        first.leave();
        first.leave();

        assertThat(enter("10.0.0.1").refusal()).isEmpty();
        assertThat(enter("10.0.0.1").refusal()).isPresent();
    }

    @Test
    void the_addresses_of_one_network_of_IPv6_are_one_client() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(enter("2001:db8:0:1::" + i).refusal()).isEmpty();
        }
        assertThat(enter("2001:db8:0:1:ffff::1").refusal()).isPresent();
        assertThat(enter("2001:db8:0:2::1").refusal()).isEmpty();
    }

    @Test
    void A33_a_connection_of_a_proxy_counts_for_the_client_that_it_serves() throws Exception {
        var behind = new ConnectionLimit(100, OptionalInt.of(2), new Proxies(List.of(AddressRange.of("10.0.0.1"))));
        List<ConnectionLimit.Place> places = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            places.add(behind.admit(address("10.0.0.1")).orElseThrow());
            assertThat(places.get(i).refusal()).isEmpty();
        }

        for (int i = 0; i < 3; i++) {
            places.get(i).serve(address("192.0.2.1"));
        }
        assertThat(places.get(1).refusal()).isEmpty();
        assertThat(places.get(2).refusal().orElseThrow().status().code()).isEqualTo(429);

        places.get(0).serve(address("192.0.2.2"));
        places.get(2).serve(address("192.0.2.1"));
        assertThat(places.get(2).refusal()).isEmpty();
        places.get(1).leave();
        places.get(3).serve(address("192.0.2.1"));
        assertThat(places.get(3).refusal()).isEmpty();
    }

    private ConnectionLimit.Place enter(String address) throws Exception {
        Optional<ConnectionLimit.Place> place = limit.admit(address(address));
        return place.orElseThrow();
    }

    private static InetAddress address(String literal) throws Exception {
        return InetAddress.getByName(literal);
    }
}
