package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.InMemoryRendezvous;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** What a connection is set to, before a byte of it is read. */
class AcceptedChannelsTest {
    @Test
    void what_is_written_goes_out_at_once_and_a_silent_peer_is_probed() throws Exception {
        try (var listener =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var client = SocketChannel.open(listener.getLocalAddress());
                var accepted = listener.accept()) {
            new AcceptedChannels(HttpSettings.DEFAULT).configureSocket(accepted);

            assertThat(client.isConnected()).isTrue();
            assertThat(accepted.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
            assertThat(accepted.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        }
    }

    @Test
    void many_may_come_at_the_same_moment() {
        var server = TestServer.builder();
        TransitHttp.create(new InMemoryRendezvous()).mount(server);
        assertThat(server.backlog()).isGreaterThanOrEqualTo(1024);
    }
}
