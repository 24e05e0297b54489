package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.Rendezvous;
import io.transit.core.TransferException;
import io.transit.core.TransferId;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code ?wait=N}: a receiver that comes before its sender, and stays for up to so many seconds. One that has left in the
 * meantime claims nothing, as that would spend the link on nobody.
 */
final class WaitingReceiver implements PeerWatch.Actions {
    private static final String PARAMETER = "wait";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    private final Thread waiting = Thread.currentThread();
    private volatile boolean gone;

    private WaitingReceiver() {}

    /**
     * Waits until the id is offered, for as long as the request says; at once over if it says nothing, or a bot makes it.
     *
     * @throws Refusal if the request asks for no time, or for too much of it
     * @throws TransferException.Unavailable if the server shuts down
     * @throws IOException if the client has left
     */
    static void await(Exchange exchange, Rendezvous rendezvous, TransferId id, Duration most)
            throws IOException, InterruptedException {
        if (!exchange.hasParameter(PARAMETER) || Visitor.of(exchange) == Visitor.BOT) {
            return;
        }
        Duration time = time(exchange.parameter(PARAMETER), most);
        if (rendezvous.find(id).isEmpty()) {
            new WaitingReceiver().await(exchange.connection(), rendezvous, id, time);
        }
    }

    private static Duration time(Optional<String> parameter, Duration most) {
        return parameter
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(time -> time.compareTo(most) <= 0)
                .orElseThrow(() -> new Refusal(
                        Status.BAD_REQUEST_400, "wait is a whole number of seconds, from 0 to " + most.toSeconds()));
    }

    private void await(Connection connection, Rendezvous rendezvous, TransferId id, Duration time)
            throws IOException, InterruptedException {
        PeerWatch.Watch watch = connection.watch(this);
        boolean offered;
        try {
            offered = rendezvous.awaitOffer(id, time).isPresent();
        } finally {
            watch.end();
        }
        // The watch looks every few seconds only, and what is claimed now is spent.
        if (gone || (offered && connection.isPeerGone())) {
            throw new IOException("the client did not stay");
        }
    }

    @Override
    public void gone() {
        gone = true;
        waiting.interrupt();
    }
}
