package io.transit.http;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What the kernel of Linux says of a single connection, at once (sock_diag(7), netlink(7)): some ten microseconds, where the
 * {@link TcpTable} takes milliseconds, and the more the larger the machine is.
 */
final class SocketDiagnosis {
    /** More than it takes, as attributes that nobody wants are behind it. */
    private static final int ANSWER_BYTES = 512;

    private final InetSocketAddress here;
    private final InetSocketAddress there;

    private SocketDiagnosis(InetSocketAddress here, InetSocketAddress there) {
        this.here = here;
        this.there = there;
    }

    /**
     * Finds a connection that is not closed yet. Does not wait.
     *
     * @return empty if it is not found: a kernel without the module for this answers as if there were no connection, and one that
     *     is bound to something else than its addresses say is not found either
     */
    static Optional<SocketDiagnosis> find(SocketChannel channel) throws IOException {
        if (channel.getLocalAddress() instanceof InetSocketAddress here
                && channel.getRemoteAddress() instanceof InetSocketAddress there) {
            var diagnosis = new SocketDiagnosis(here, there);
            boolean isFound = diagnosis.ask(DiagnosisAnswer::isConnection).orElse(false);
            return isFound ? Optional.of(diagnosis) : Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * Returns how many bytes were written that the peer has not acknowledged: none of a connection that is not there any more,
     * which was ended by both sides or reset. Does not wait.
     *
     * @return empty if there is no answer
     */
    OptionalInt untaken() {
        return ask(SocketDiagnosis::untaken).orElse(OptionalInt.empty());
    }

    private static OptionalInt untaken(DiagnosisAnswer answer) {
        if (answer.isConnection()) {
            return OptionalInt.of(TcpTable.untaken(answer.state(), answer.row().untaken()));
        }
        return answer.isAbsence() ? OptionalInt.of(0) : OptionalInt.empty();
    }

    /** Returns what is to be known of what the kernel says; empty if it says nothing. */
    private <T> Optional<T> ask(Function<DiagnosisAnswer, T> view) {
        Optional<Netlink> kernel = Netlink.open();
        if (kernel.isEmpty()) {
            return Optional.empty();
        }
        try (Netlink netlink = kernel.get();
                Arena arena = Arena.ofConfined()) {
            if (!netlink.send(DiagnosisRequest.one(here, there, arena))) {
                return Optional.empty();
            }
            return netlink.receive(arena.allocate(ANSWER_BYTES))
                    .map(DiagnosisAnswer::new)
                    .filter(DiagnosisAnswer::next)
                    .map(view);
        }
    }
}
