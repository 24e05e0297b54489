package io.transit.redis.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate that vouches for itself, as those of a private authority do.
 *
 * @param file it, as PEM
 * @param key its private key, as PEM
 */
public record Certificate(Path file, Path key) {
    private static final char[] PASSWORD = "of the tests".toCharArray();

    /**
     * Makes one, with the keytool of this Java.
     *
     * @param directory where its files are put
     * @param names for which it is good, such as {@code ip:127.0.0.1} or {@code dns:localhost}
     * @return one that is good for a day
     * @throws IOException if keytool fails
     */
    public static Certificate create(Path directory, String names) throws IOException {
        Path store = directory.resolve("store.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "redis",
                "-keyalg",
                "EC",
                "-dname",
                "CN=redis",
                "-ext",
                "san=" + names,
                "-validity",
                "1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD));
        try (InputStream in = Files.newInputStream(store)) {
            var entries = KeyStore.getInstance("PKCS12");
            entries.load(in, PASSWORD);
            byte[] certificate = entries.getCertificate("redis").getEncoded();
            byte[] key = entries.getKey("redis", PASSWORD).getEncoded();
            return new Certificate(
                    pem(directory.resolve("redis.crt"), "CERTIFICATE", certificate),
                    pem(directory.resolve("redis.key"), "PRIVATE KEY", key));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void keytool(String... arguments) throws IOException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(program).inheritIO();
        process.command().addAll(List.of(arguments));
        if (process.start().onExit().orTimeout(1, TimeUnit.MINUTES).join().exitValue() != 0) {
            throw new IOException("keytool failed");
        }
    }

    private static Path pem(Path file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n", US_ASCII);
    }

    /** What a server is told of it. */
    List<String> options() {
        return List.of(
                "--tls-cert-file",
                file.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                file.toString(),
                "--tls-auth-clients",
                "no");
    }
}
