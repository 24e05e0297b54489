package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.transit.core.TransferLimits;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that are wrong in one way each: none is a failure of ours, none is left waiting, and none is in the way of the
 * next. Of the statuses from 500 there are 501 and 505, which RFC 9110 wants for a coding and a version that are not known.
 */
@Timeout(300)
class MalformedRequestsTest {
    private static final int PATIENCE_SECONDS = 10;

    @RegisterExtension
    final TestServer server = new TestServer(HttpSettings.DEFAULT.withMaxSize(1_000), TransferLimits.DEFAULT);

    static Stream<String> headings() {
        return MalformedRequests.read("malformed.txt").keySet().stream();
    }

    static Stream<String> headingsOfBodies() {
        return MalformedRequests.read("malformed-bodies.txt").keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("headings")
    void A12_a_malformed_request_is_refused_once_and_leaves_nothing(String heading) {
        List<MalformedRequests.Row> rows = rows("malformed.txt", heading);
        assertAll(rows.stream().map(row -> () -> assertRefused(row)));
        assertThat(server.transfers().seen()).isEmpty();
    }

    /** The receiver is there, or the body would not be read at all. */
    @ParameterizedTest
    @MethodSource("headingsOfBodies")
    void A12_a_malformed_body_is_refused_and_its_receiver_knows(String heading) {
        List<MalformedRequests.Row> rows = rows("malformed-bodies.txt", heading);
        assertAll(rows.stream().map(row -> () -> assertTold(row, "body-" + rows.indexOf(row))));
        assertThat(server.transfers().seen()).hasSameSizeAs(rows);
    }

    @Test
    void there_are_two_hundred_and_more() {
        assertThat(headings().flatMap(heading -> rows("malformed.txt", heading).stream()))
                .hasSizeGreaterThan(200)
                .doesNotHaveDuplicates();
    }

    private void assertRefused(MalformedRequests.Row row) throws IOException {
        long begun = System.nanoTime();
        RawClient client = server.connect();
        send(client, row);
        if (row.expected().equals("-")) {
            assertThat(client.rest()).as(row.name()).isEmpty();
        } else {
            Reply answer = reply(client, row);
            assertThat(answer.status()).as(row.name()).isEqualTo(Integer.parseInt(row.expected()));
            assertThat(answer.body()).as(row.name()).matches("[ -~]+\n");
            // What follows is no request either.
            assertThat((row.ends() ? client : client.finish()).rest())
                    .as(row.name())
                    .isEmpty();
        }
        assertServes(row, begun);
    }

    private void assertTold(MalformedRequests.Row row, String id) throws IOException {
        long begun = System.nanoTime();
        RawClient sender = server.request("PUT /" + id + "/a|" + row.expected());
        server.transfers().awaitOffered(id);
        RawClient receiver = server.get("/" + id);
        server.transfers().awaitClaimed(id);
        send(sender, row);
        Reply told = reply(sender, row);
        assertThat(told.status()).as(row.name()).isEqualTo(400);
        assertThat(told.body()).as(row.name()).matches("[ -~]+\n");
        assertThat(sender.isAtEnd()).as(row.name()).isTrue();
        Reply file = reply(receiver, row);
        assertThat(file.status()).as(row.name()).isIn(200, 410, 502);
        assertThat(file.status() == 200 && file.whole()).as(row.name()).isFalse();
        assertServes(row, begun);
    }

    private void assertServes(MalformedRequests.Row row, long begun) throws IOException {
        assertThat(server.ask("GET /health").status()).as(row.name()).isEqualTo(200);
        assertThat((System.nanoTime() - begun) / 1e9).as(row.name()).isLessThan(PATIENCE_SECONDS);
    }

    private static void send(RawClient client, MalformedRequests.Row row) {
        try {
            client.send(row.wire());
            if (row.ends()) {
                client.finish();
            }
        } catch (IOException e) {
            // It was refused before all of it was sent.
        }
    }

    private static Reply reply(RawClient client, MalformedRequests.Row row) throws IOException {
        try {
            return client.reply();
        } catch (AssertionError e) {
            throw new AssertionError(row.name(), e);
        }
    }

    private static List<MalformedRequests.Row> rows(String table, String heading) {
        return MalformedRequests.read(table).getOrDefault(heading, List.of());
    }
}
