package io.transit.app;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS of this node itself, with the certificate and the key of two files, as authorities and their tools write them. */
final class ServerTls {
    private static final char[] NO_PASSWORD = {};
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private ServerTls() {}

    /**
     * Reads the files; empty if there are none.
     *
     * @throws StartException if one is missing, or is not what it should be
     */
    static Optional<Tls> of(Settings.Tls files) {
        if (files.certificate().isEmpty() && files.key().isEmpty()) {
            return Optional.empty();
        }
        Path certificate = files.certificate().orElseThrow(() -> missing(Keys.TLS_CERTIFICATE, Keys.TLS_KEY));
        Path key = files.key().orElseThrow(() -> missing(Keys.TLS_KEY, Keys.TLS_CERTIFICATE));
        Certificate[] chain = chain(certificate);
        return Optional.of(Tls.builder()
                .sslContext(context(chain, key(key, chain[0].getPublicKey())))
                .build());
    }

    private static StartException missing(Key<?> key, Key<?> other) {
        return StartException.configuration(key.name() + " is missing, which " + other.name() + " needs beside it");
    }

    private static Certificate[] chain(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            if (chain.length > 0) {
                return chain;
            }
        } catch (GeneralSecurityException e) {
            // As if there were none.
        } catch (IOException e) {
            throw unreadable(Keys.TLS_CERTIFICATE, file, e);
        }
        throw StartException.configuration(
                Keys.TLS_CERTIFICATE.name() + ": " + file + " holds no certificates as PEM, the server's own first");
    }

    private static PrivateKey key(Path file, PublicKey other) {
        try {
            Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (pem.find()) {
                byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
                return KeyFactory.getInstance(other.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            }
        } catch (InvalidKeySpecException e) {
            throw StartException.configuration(
                    Keys.TLS_KEY.name() + ": the key in " + file + " is not that of the certificate");
        } catch (GeneralSecurityException e) {
            throw StartException.configuration(
                    Keys.TLS_CERTIFICATE.name() + ": there is no way to use a key of " + other.getAlgorithm());
        } catch (IOException e) {
            throw unreadable(Keys.TLS_KEY, file, e);
        }
        throw StartException.configuration(Keys.TLS_KEY.name() + ": " + file
                + " holds no BEGIN PRIVATE KEY; \"openssl pkcs8 -topk8 -nocrypt\" makes one of any other kind of key");
    }

    private static StartException unreadable(Key<?> key, Path file, IOException why) {
        return StartException.configuration(key.name() + ": " + file + " cannot be read: " + why);
    }

    private static SSLContext context(Certificate[] chain, PrivateKey key) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("transit", key, NO_PASSWORD, chain);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw StartException.configuration(
                    Keys.TLS_CERTIFICATE.name() + " and " + Keys.TLS_KEY.name() + " cannot be used: " + e.getMessage());
        }
    }
}
