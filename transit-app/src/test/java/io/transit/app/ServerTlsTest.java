package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.transit.redis.testing.Certificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of the certificate and of its key may be, and what is said when they are not. */
class ServerTlsTest {
    @TempDir
    Path directory;

    @Test
    void without_files_there_is_no_TLS() {
        assertThat(ServerTls.of(new Settings.Tls(Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void a_certificate_and_its_key_are_taken() throws Exception {
        var certificate = Certificate.create(directory, "dns:localhost");
        assertThat(ServerTls.of(files(certificate.file(), certificate.key()))).isPresent();
    }

    @Test
    void one_without_the_other_is_refused() throws Exception {
        var certificate = Certificate.create(directory, "dns:localhost");
        assertThat(refusal(new Settings.Tls(Optional.of(certificate.file()), Optional.empty())))
                .contains("transit.tls.key is missing");
        assertThat(refusal(new Settings.Tls(Optional.empty(), Optional.of(certificate.key()))))
                .contains("transit.tls.certificate is missing");
    }

    @Test
    void files_that_are_missing_or_something_else_are_refused() throws Exception {
        var certificate = Certificate.create(directory, "dns:localhost");
        Path none = directory.resolve("none.pem");
        Path other = Files.writeString(directory.resolve("other.pem"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n");
        assertThat(refusal(files(none, certificate.key())))
                .contains("transit.tls.certificate", "none.pem", "cannot be read");
        assertThat(refusal(files(certificate.file(), none))).contains("transit.tls.key", "none.pem", "cannot be read");
        assertThat(refusal(files(other, certificate.key()))).contains("holds no certificates");
        assertThat(refusal(files(certificate.file(), other))).contains("openssl pkcs8");
    }

    private static Settings.Tls files(Path certificate, Path key) {
        return new Settings.Tls(Optional.of(certificate), Optional.of(key));
    }

    private static String refusal(Settings.Tls files) {
        var refused = catchThrowableOfType(StartException.class, () -> ServerTls.of(files));
        assertThat(refused).isNotNull();
        return refused.getMessage();
    }
}
