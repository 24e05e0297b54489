package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.Receipt;
import io.transit.core.Token;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;

/** Says nothing until all is over, and then says it with the status. */
record FinalAnswer(Exchange exchange, Answers answers, Duration patience) implements SenderReport {
    @Override
    public Duration heartbeat() {
        return patience;
    }

    @Override
    public boolean isQuiet() {
        return true;
    }

    @Override
    public void offered(RequestBody body, Token token) {}

    @Override
    public void waiting() {}

    @Override
    public void receiverCame() {}

    @Override
    public void progress(long taken) {}

    @Override
    public void delivered(Receipt receipt) throws IOException {
        String digest = receipt.sha256().map(it -> "\nsha256 " + it).orElse("");
        answer(Status.OK_200, Answers.line("Transfer complete. " + receipt.bytes() + " bytes" + digest));
    }

    @Override
    public void failed(Status status, String why) throws IOException {
        answer(status, answers.form(exchange, status, why));
    }

    private void answer(Status status, Page page) throws IOException {
        byte[] text = page.text().getBytes(StandardCharsets.UTF_8);
        ResponseBody body = exchange.begin(status, page.headers(), OptionalLong.of(text.length));
        body.write(ByteBuffer.wrap(text));
        body.finish();
    }
}
