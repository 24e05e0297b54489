package io.transit.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.transit.core.Offer;
import io.transit.core.Receipt;
import io.transit.core.Token;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Says at once under which link the file can be had, and then what happens while it happens, as lines of text. An answer
 * that does not end well does not end: the client sees a body without its last chunk, and fails.
 */
final class LiveText implements SenderReport {
    private static final int STEP_PERCENT = 10;

    private final Exchange exchange;
    private final boolean drawsCode;
    private final Duration heartbeat;
    private final Offer offer;
    private @Nullable ResponseBody text;
    private boolean waiting;
    private long nextPercent = STEP_PERCENT;

    LiveText(Exchange exchange, Offer offer, Duration heartbeat) {
        this.exchange = exchange;
        this.drawsCode = exchange.parameter("qr").filter("0"::equals).isEmpty();
        this.offer = offer;
        this.heartbeat = heartbeat;
    }

    @Override
    public Duration heartbeat() {
        return heartbeat;
    }

    @Override
    public boolean isQuiet() {
        return false;
    }

    @Override
    public void offered(RequestBody body, Token token) throws IOException {
        // Before the answer begins, or it would land inside it.
        body.allow();
        var headers = ServerResponseHeaders.create();
        headers.set(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        text = exchange.begin(Status.OK_200, headers, OptionalLong.empty());
        // This is no file: the line that says why it failed matters more than how it ends.
        exchange.connection().resetOnClose(false);
        String link = exchange.link(offer.id());
        write(link + "\n\nReceive it with:  " + ShellText.receive(link, offer) + "\n");
        // Nothing can be said any more to a sender whose connection broke.
        Optional<String> goOn = ShellText.goOn(exchange.origin(), offer, token);
        if (goOn.isPresent()) {
            write("If it breaks off:  " + goOn.get() + "\n");
        }
        // As large as all else that is kept of a sender who waits, so it is not.
        String code = drawsCode ? QrImage.of(link).map(QrImage::text).orElse("") : "";
        write(code + "Waiting for the receiver.");
        waiting = true;
    }

    @Override
    public void waiting() throws IOException {
        write(".");
    }

    @Override
    public void receiverCame() throws IOException {
        line("The receiver is here.");
    }

    @Override
    public void progress(long taken) throws IOException {
        long whole = offer.size().orElse(0);
        long percent = whole > 0 ? (long) (100.0 * taken / whole) : 0;
        if (percent >= nextPercent) {
            long reached = percent - percent % STEP_PERCENT;
            nextPercent = reached + STEP_PERCENT;
            line(reached + " %");
        }
    }

    @Override
    public void delivered(Receipt receipt) throws IOException {
        double seconds = receipt.elapsed().toNanos() / 1e9;
        line(String.format(Locale.ROOT, "Delivered: %d bytes in %.1f s.", receipt.bytes(), seconds));
        if (receipt.sha256().isPresent()) {
            line("sha256 " + receipt.sha256().get());
        }
        if (text != null) {
            text.finish();
        }
    }

    @Override
    public void failed(Status status, String why) throws IOException {
        line("Failed: " + why);
    }

    private void line(String words) throws IOException {
        write((waiting ? "\n" : "") + words + "\n");
        waiting = false;
    }

    private void write(String words) throws IOException {
        if (text != null) {
            text.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
