package io.transit.http;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS of a server whose certificate vouches for itself, and of clients that take it.
 *
 * @param context for both
 */
record SelfSigned(SSLContext context) {
    private static final char[] PASSWORD = "of the tests".toCharArray();

    /** Makes a certificate that is good for localhost, and for a day, with the keytool of this Java. */
    static SelfSigned create() {
        try {
            Path directory = Files.createTempDirectory("transit");
            Path file = directory.resolve("store.p12");
            try {
                keytool(file);
                return new SelfSigned(context(file));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What a server is configured with. */
    Tls server() {
        return Tls.builder().sslContext(context).build();
    }

    /** Returns one that a client is still to connect. */
    Socket socket() throws IOException {
        return context.getSocketFactory().createSocket();
    }

    private static void keytool(Path file) throws IOException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool")
                        .toString())
                .inheritIO();
        process.command()
                .addAll(List.of(
                        "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-validity", "1"));
        process.command().addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12"));
        process.command().addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
        if (process.start().onExit().orTimeout(1, TimeUnit.MINUTES).join().exitValue() != 0) {
            throw new IOException("keytool failed");
        }
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("a", store.getCertificate("a"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
