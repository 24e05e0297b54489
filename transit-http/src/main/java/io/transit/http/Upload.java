package io.transit.http;

import io.helidon.http.Status;
import io.transit.core.FileMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * The file that a request brings: its body, or what is in the form that its body is.
 *
 * @param body the request's body
 * @param file what is known of the file
 * @param form the form that the file is in, read up to the file's first byte
 */
record Upload(RequestBody body, FileMetadata file, Optional<FormBody> form) {
    /** One that is the body. */
    static Upload of(RequestBody body, SendTarget target) {
        return new Upload(body, target.file(), Optional.empty());
    }

    /**
     * One that is in a form, which is read up to the file: before that nobody knows what is offered.
     *
     * @param within how long that may take
     * @throws Refusal if that took longer
     * @throws BodyException if there is no file in the body
     */
    static Upload ofForm(Exchange exchange, RequestBody body, SendTarget target, Duration within) throws IOException {
        FormBody form = FormBody.of(body, target.type());
        body.allow();
        Deadline deadline = exchange.connection().mustCome(within);
        try {
            return new Upload(body, target.file(form.file()), Optional.of(form));
        } catch (BodyException.Truncated e) {
            if (deadline.keep()) {
                throw e;
            }
            throw late(within);
        } finally {
            deadline.keep();
        }
    }

    private static Refusal late(Duration within) {
        return new Refusal(
                Status.REQUEST_TIMEOUT_408, "the file of this form did not begin within " + within.toSeconds() + " s");
    }

    /** Whether every byte that comes is the file's. */
    boolean isPlain() {
        return form.isEmpty() && body.isPlain();
    }

    /** Reads on in a file that is not plain: a run of it, valid until the next call; or empty at its end. */
    Optional<ByteBuffer> next() throws IOException {
        return form.isPresent() ? form.get().next() : body.next();
    }
}
