package io.transit.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TransferStreamsTest {
    private static final TransferId ID = new TransferId("my-id");

    private final Rendezvous rendezvous = new InMemoryRendezvous();
    private final Sender sender = rendezvous.offer(Offer.of(ID, FileMetadata.named("hello.txt")));
    private final Receiver receiver = rendezvous.claim(Claim.of(ID));

    private interface Sending {
        void run() throws Exception;
    }

    @BeforeEach
    void begin() throws InterruptedException {
        assertThat(sender.awaitReceiver(Duration.ofSeconds(30))).isPresent();
    }

    @AfterEach
    void close() {
        rendezvous.close();
    }

    private static Future<Object> beside(Sending sending) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                sending.run();
                return "done";
            } catch (Exception e) {
                return e;
            }
        });
    }

    @Test
    void what_is_written_to_a_stream_is_read_from_a_stream() throws Exception {
        Future<Object> sent = beside(() -> {
            try (OutputStream out = TransferStreams.output(sender)) {
                out.write('H');
                out.write("ello!".getBytes(UTF_8));
            }
            sender.done();
        });
        try (InputStream in = TransferStreams.input(receiver)) {
            assertThat(in.read()).isEqualTo('H');
            assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("ello!");
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(sent.get(30, TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test
    void what_is_written_to_a_channel_is_read_from_a_channel() throws Exception {
        Future<Object> sent = beside(() -> {
            try (WritableByteChannel out = TransferStreams.channel(sender)) {
                assertThat(out.write(ByteBuffer.wrap("Hello!".getBytes(UTF_8)))).isEqualTo(6);
            }
            sender.done();
        });
        try (ReadableByteChannel in = TransferStreams.channel(receiver)) {
            assertThat(Channels.newInputStream(in).readAllBytes())
                    .asString(UTF_8)
                    .isEqualTo("Hello!");
        }
        assertThat(sent.get(30, TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test
    void closing_what_is_written_to_does_not_make_a_part_the_whole() throws Exception {
        try (sender;
                OutputStream out = TransferStreams.output(sender)) {
            out.write("Hel".getBytes(UTF_8));
        }
        try (InputStream in = TransferStreams.input(receiver)) {
            assertThat(in.readNBytes(3)).asString(UTF_8).isEqualTo("Hel");
            assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("SENDER_LEFT");
        }
    }

    @Test
    void closing_what_is_read_from_leaves() throws Exception {
        TransferStreams.input(receiver).close();
        try (OutputStream out = TransferStreams.output(sender)) {
            assertThatThrownBy(() -> out.write("Hello!".getBytes(UTF_8)))
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(TransferException.Ended.class);
        }
    }

    @Test
    void a_closed_stream_takes_nothing() throws Exception {
        OutputStream out = TransferStreams.output(sender);
        out.close();
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void T14_an_interrupted_reader_stays_interrupted() throws Exception {
        try (InputStream in = TransferStreams.input(receiver)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(in::read).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
