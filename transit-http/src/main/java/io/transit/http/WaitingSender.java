package io.transit.http;

import io.helidon.http.HeaderNames;
import io.transit.core.InterruptReason;
import io.transit.core.Sender;
import java.io.IOException;
import java.util.regex.Pattern;

/** What is done about a sender whose body nobody reads yet, as no receiver is there. */
final class WaitingSender implements PeerWatch.Actions {
    /** Clients that take any number of interim answers; others have been seen to fail at the fifth. */
    private static final Pattern PATIENT = Pattern.compile("(?i)(curl|wget|python)[^a-z].*");

    private static final int PROBES_OF_OTHERS = 4;

    /** So that those few last a while. */
    private static final int LOOKS_PER_PROBE_OF_OTHERS = 2;

    private final Sender sender;
    private final RequestBody body;
    private final int looksPerProbe;
    private int probesLeft;
    private int looks;

    WaitingSender(Sender sender, Exchange exchange, RequestBody body, boolean quiet) {
        this.sender = sender;
        this.body = body;
        this.probesLeft = quiet ? probes(exchange) : 0;
        this.looksPerProbe = probesLeft == Integer.MAX_VALUE ? 1 : LOOKS_PER_PROBE_OF_OTHERS;
    }

    /** None through a proxy, which may pass on only one, or take them for the answer. */
    private static int probes(Exchange exchange) {
        if (exchange.header(HeaderNames.VIA).isPresent()
                || exchange.header(HeaderNames.X_FORWARDED_FOR).isPresent()
                || exchange.header(HeaderNames.FORWARDED).isPresent()) {
            return 0;
        }
        boolean patient = exchange.header(HeaderNames.USER_AGENT)
                .filter(agent -> PATIENT.matcher(agent).matches())
                .isPresent();
        return patient ? Integer.MAX_VALUE : PROBES_OF_OTHERS;
    }

    @Override
    public void gone() {
        sender.interrupt(InterruptReason.SENDER_LEFT);
    }

    /** It was told that it is waiting, and did not hear. */
    @Override
    public void silent() {
        gone();
    }

    @Override
    public void probe() {
        looks++;
        if (probesLeft > 0 && looks % looksPerProbe == 0) {
            probesLeft--;
            try {
                body.probe();
            } catch (IOException e) {
                gone();
            }
        }
    }
}
