package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Claim;
import io.transit.core.Frame;
import io.transit.core.Receiver;
import io.transit.core.TransferId;
import io.transit.core.TransferLimits;
import io.transit.core.TransferState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders and receivers that both break off, again and again: in the end the receiver has the file, and nothing else. */
@Timeout(300)
class ResumePropertyTest {
    private static final int ROUNDS = 6;
    private static final int PIECE = 50_000;

    @RegisterExtension
    final TestServer server = new TestServer(HttpSettings.DEFAULT, TransferLimits.DEFAULT.withWindow(100_000));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void T13_whatever_breaks_and_whenever_the_file_arrives_whole(long seed) throws Exception {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] file = new byte[random.nextInt(3_000_000)];
            random.nextBytes(file);
            String id = "round-" + round;
            long dice = random.nextLong();
            var sending = server.beside(() -> new Page(id, file, dice).run());
            server.transfers().awaitOffered(id);
            assertThat(receive(new TransferId(id), random)).isEqualTo(file);
            assertThat(sending.get()).isEqualTo(file.length);
            assertThat(server.transfers().awaitEnded(id)).isEqualTo(new TransferState.Completed(file.length));
        }
    }

    /** A sender that keeps to the protocol, but for its connections. */
    private final class Page {
        private final String id;
        private final byte[] file;
        private final Random random;
        private int cutsLeft = 8;

        Page(String id, byte[] file, long seed) {
            this.id = id;
            this.file = file;
            this.random = new Random(seed);
        }

        long run() throws Exception {
            ResumableClient client =
                    ResumableClient.open(server, "/send/" + id).say(ResumableClient.offer(file.length));
            String token = client.await("ready").member("token");
            while (true) {
                ResumableClient.Told told = client.awaitOneOf("go", "paused", "delivered");
                if (told.type().equals("delivered")) {
                    return told.number("bytes");
                }
                if (told.type().equals("go") && !sendAll(client, told)) {
                    client = ResumableClient.open(server, "/send/" + id)
                            .say(ResumableClient.resume(id, token, ResumableClient.files(file.length)));
                    told = client.awaitOneOf("ready", "delivered");
                    if (told.type().equals("delivered")) {
                        return told.number("bytes");
                    }
                }
            }
        }

        /** Returns whether the connection has lasted. */
        private boolean sendAll(ResumableClient client, ResumableClient.Told go) throws IOException {
            client.start(go);
            int at = Math.toIntExact(go.number("offset"));
            while (at < file.length) {
                if (cutsLeft > 0 && random.nextInt(10) == 0) {
                    cutsLeft--;
                    cut(client);
                    return false;
                }
                int to = Math.min(file.length, at + 1 + random.nextInt(PIECE));
                client.send(Arrays.copyOfRange(file, at, to));
                at = to;
            }
            client.done(file.length);
            return true;
        }

        private void cut(ResumableClient client) throws IOException {
            switch (random.nextInt(4)) {
                case 0 -> client.socket().client().vanish();
                case 1 -> client.socket().client().finish();
                case 2 -> client.socket().close(4000);
                default -> {
                    // A connection that does not know that it is dead.
                }
            }
        }
    }

    private byte[] receive(TransferId id, Random random) throws Exception {
        var got = new ByteArrayOutputStream();
        for (int claims = 0; ; claims++) {
            // Some of what was taken may have been lost with the connection.
            int from = got.size() - (got.size() == 0 ? 0 : random.nextInt(Math.min(got.size(), 2_000_000)));
            byte[] kept = Arrays.copyOf(got.toByteArray(), from);
            got.reset();
            got.writeBytes(kept);
            int enough = claims < 6 ? from + random.nextInt(500_000) : Integer.MAX_VALUE;
            try (Receiver receiver = server.rendezvous().claim(Claim.of(id).from(from))) {
                if (takeUntil(receiver, got, enough)) {
                    return got.toByteArray();
                }
            }
        }
    }

    /** Returns whether it was complete before there was enough. */
    private static boolean takeUntil(Receiver receiver, ByteArrayOutputStream got, int enough) throws Exception {
        while (got.size() <= enough) {
            switch (receiver.receive()) {
                case Frame.Data(ByteBuffer payload) -> {
                    byte[] bytes = new byte[payload.remaining()];
                    payload.get(bytes);
                    got.writeBytes(bytes);
                }
                case Frame.Done(long total, var crc, var digest) -> {
                    assertThat(total).isEqualTo(got.size());
                    receiver.complete();
                    return true;
                }
                case Frame.Interrupt(var reason) -> throw new AssertionError("interrupted: " + reason);
            }
        }
        return false;
    }
}
