package io.transit.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A connection as the server made it, but for how it is read from and written to. */
record TimedContext(ConnectionContext made, boolean isSecure, DataReader dataReader, DataWriter dataWriter)
        implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
        return made.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return made.executor();
    }

    @Override
    public Router router() {
        return made.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return made.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return made.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return made.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return made.localPeer();
    }

    @Override
    public String socketId() {
        return made.socketId();
    }

    @Override
    public String childSocketId() {
        return made.childSocketId();
    }
}
