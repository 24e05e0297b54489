package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a wire does about clients that want new keys, as those of TLS 1.3 may at any time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EncryptedWireTest {
    private static final SelfSigned TLS = SelfSigned.create();
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private static final long STILL_NANOS = 200_000_000;

    private final ByteBuffer read = ByteBuffer.allocate(100_000);
    private SSLSocket client;
    private SocketChannel accepted;
    private EncryptedWire wire;

    @BeforeEach
    void connect() throws Exception {
        try (var server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            client = (SSLSocket) TLS.socket();
            client.connect(server.getLocalAddress());
            // So that it does not grow while it is filled.
            accepted = server.accept().setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
        }
        SSLEngine engine = TLS.context().createSSLEngine();
        engine.setUseClientMode(false);
        wire = new EncryptedWire(accepted, DataReader.create(() -> null), engine);
        Future<?> hello = beside(() -> client.getOutputStream().write(HELLO));
        assertThat(wire.read(read)).isEqualTo(HELLO.length);
        hello.get();
    }

    @AfterEach
    void close() throws Exception {
        accepted.close();
        client.close();
    }

    @Test
    void they_get_them_with_what_is_written_next() throws Exception {
        client.startHandshake();
        client.getOutputStream().write(HELLO);
        while (drop() == 0) {
            Thread.onSpinWait();
        }
        var heard = new CompletableFuture<byte[]>();
        Future<?> reader = beside(() -> heard.complete(client.getInputStream().readNBytes(HELLO.length)));
        ByteBuffer hello = ByteBuffer.wrap(HELLO);
        while (hello.hasRemaining()) {
            wire.write(hello);
        }
        reader.get();
        assertThat(heard.get()).isEqualTo(HELLO);
    }

    @Test
    void who_drops_what_they_send_does_not_wait_for_them_to_take_anything() throws Exception {
        fill();
        client.startHandshake();
        client.getOutputStream().write(HELLO);
        while (drop() == 0) {
            Thread.onSpinWait();
        }
    }

    /** Until nothing moves any more: the client takes some of it at first. */
    private void fill() throws IOException {
        accepted.configureBlocking(false);
        long moved = System.nanoTime();
        while (System.nanoTime() - moved < STILL_NANOS) {
            if (accepted.write(ByteBuffer.allocate(1 << 16)) > 0) {
                moved = System.nanoTime();
            }
        }
    }

    private int drop() throws Exception {
        accepted.configureBlocking(false);
        try {
            return wire.drop();
        } finally {
            accepted.configureBlocking(true);
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private static Future<?> beside(Task task) {
        var future = new FutureTask<>(() -> {
            task.run();
            return true;
        });
        Thread.startVirtualThread(future);
        return future;
    }
}
