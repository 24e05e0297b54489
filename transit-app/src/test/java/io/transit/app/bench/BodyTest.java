package io.transit.app.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client of the benchmark takes for a whole file. */
@Timeout(60)
class BodyTest {
    private static final int SIZE = 5_000;

    private final Content content = Content.of(3);
    private SocketChannel sender = SocketChannel.open();
    private Wire wire = new Wire(sender, ByteBuffer.allocate(0));

    BodyTest() throws IOException {}

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = Ports.sink()) {
            sender.connect(server.getLocalAddress());
            wire = Wire.of(server.accept(), 1_024);
        }
    }

    @AfterEach
    void close() throws IOException {
        sender.close();
        wire.close();
    }

    @Test
    void a_file_of_known_length() throws IOException {
        say("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
        sender.write(content.run(0, SIZE));
        take();
        assertThat(wire.read().hasRemaining()).isFalse();
    }

    @Test
    void a_file_in_chunks() throws IOException {
        say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFA0;a=b\r\n");
        sender.write(content.run(0, 4_000));
        say("\r\n3e8\r\n");
        sender.write(content.run(4_000, 1_000));
        say("\r\n0\r\n\r\n");
        take();
        assertThat(wire.read().hasRemaining()).isFalse();
    }

    @Test
    void a_file_that_is_cut_short() throws IOException {
        say("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
        sender.write(content.run(0, SIZE - 1));
        sender.close();
        assertThatThrownBy(this::take).isInstanceOf(IOException.class).hasMessageContaining("after 4999 bytes");
    }

    @Test
    void a_file_in_chunks_that_is_another_length() throws IOException {
        say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertThatThrownBy(this::take).isInstanceOf(CorruptException.class);
    }

    private void take() throws IOException {
        new Body(wire, content).take(wire.head(), SIZE);
    }

    private void say(String text) throws IOException {
        sender.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }
}
