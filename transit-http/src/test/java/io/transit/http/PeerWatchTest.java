package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a watch does about its peer, and how often. */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere nothing is seen")
class PeerWatchTest {
    private static final int MUCH = 100_000;
    private static final int LOOK_SECONDS = 3;

    private final PeerWatch peers = new PeerWatch();
    private final List<SocketChannel> opened = new ArrayList<>();
    private final List<String> acts = new ArrayList<>();
    private ServerSocketChannel server;

    private final PeerWatch.Actions noting = new PeerWatch.Actions() {
        @Override
        public void gone() {
            acts.add("gone");
        }

        @Override
        public void silent() {
            acts.add("silent");
        }

        @Override
        public void probe() {
            acts.add("probe");
        }

        @Override
        public void behind() {
            acts.add("behind");
        }
    };

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, 2 * MUCH)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : opened) {
            channel.close();
        }
        server.close();
    }

    /** Of a pair, the client first. */
    private List<SocketChannel> connect() throws IOException {
        SocketChannel client = SocketChannel.open(server.getLocalAddress());
        SocketChannel accepted = server.accept();
        opened.add(client);
        opened.add(accepted);
        return List.of(client, accepted);
    }

    @Test
    void one_that_has_sent_much_is_probed_unless_it_has_still_to_take_something() throws IOException {
        PeerWatch.Watch watch = peers.watch(connect().getLast(), noting);
        watch.look(new TcpTable.Row(0, MUCH, false));
        watch.look(new TcpTable.Row(1, MUCH, false));
        watch.look(new TcpTable.Row(1, 0, false));
        watch.look(new TcpTable.Row(0, 0, false));
        watch.end();
        watch.look(new TcpTable.Row(0, MUCH, false));
        assertThat(acts).containsExactly("probe", "behind", "behind");
    }

    @Test
    void one_that_was_not_heard_in_three_looks_on_end_is_silent() throws IOException {
        PeerWatch.Watch watch = peers.watch(connect().getLast(), noting);
        var unheard = new TcpTable.Row(1, 0, true);
        watch.look(unheard);
        watch.look(unheard);
        watch.look(new TcpTable.Row(0, 0, false));
        watch.look(unheard);
        watch.look(unheard);
        assertThat(acts).containsOnly("behind").hasSize(4);
        watch.look(unheard);
        assertThat(acts).last().isEqualTo("silent");
        watch.end();
    }

    @Test
    void who_stays_is_looked_at_no_more_often_because_others_leave() throws Exception {
        List<SocketChannel> stays = connect();
        stays.getFirst().write(ByteBuffer.allocate(MUCH));
        var looks = new AtomicInteger();
        long began = System.nanoTime();
        PeerWatch.Watch watch = peers.watch(stays.getLast(), new PeerWatch.Actions() {
            @Override
            public void gone() {
                throw new AssertionError("it is still there");
            }

            @Override
            public void probe() {
                looks.incrementAndGet();
            }
        });
        while (looks.get() < 2) {
            leave();
        }
        watch.end();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        assertThat(seconds).isGreaterThanOrEqualTo(2 * LOOK_SECONDS - 1);
    }

    /** Returns when one has been seen to leave. */
    private void leave() throws Exception {
        List<SocketChannel> leaves = connect();
        var gone = new CompletableFuture<Boolean>();
        peers.watch(leaves.getLast(), () -> gone.complete(true));
        leaves.getFirst().close();
        assertThat(gone.get()).isTrue();
    }
}
