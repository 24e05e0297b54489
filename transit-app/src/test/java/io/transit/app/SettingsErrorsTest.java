package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every wrong key and value is refused with one line that names it, where it came from, and what would be right. */
class SettingsErrorsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            transit.stall           | 60                    | it must be a time above zero
            transit.stall           | 0s                    | it must be a time above zero
            transit.stall           | -5s                   | it must be a time above zero
            transit.stall           | ``                    | it must be a time above zero
            transit.wait.receiver   | for ever              | it must be a time above zero
            transit.wait.sender-max | 9000h                 | up to a year
            transit.head-deadline   | 10                    | it must be a time above zero
            transit.grace.waiting   | -1s                   | it must be a time from 0s
            transit.status.keep     | none                  | it must be a time from 0s
            transit.drain           | soon                  | it must be a time from 0s
            transit.window.memory   | 0                     | it must be a size from 1 byte to 2147483647
            transit.window.memory   | 2 GiB                 | it must be a size from 1 byte to 2147483647
            transit.window.redis    | 8 megabytes           | it must be a size from 1 byte to 2147483647
            transit.manifest.max    | none                  | it must be a size from 1 byte to 2147483647
            transit.max.size        | 0                     | it must be a size from 1 byte, such as
            transit.max.size        | unlimited             | or none
            transit.max.connections | 0                     | it must be a whole number from 1
            transit.max.connections | 20,000                | it must be a whole number from 1
            transit.max.misses      | -1                    | it must be a whole number from 0 to 2147483647
            transit.max.misses      | none                  | it must be a whole number from 0
            transit.trusted-proxies | localhost             | it must be addresses, or ranges of them
            transit.trusted-proxies | 10.0.0.0/33           | it must be addresses, or ranges of them
            transit.trusted-proxies | 10.0.0.1,             | it must be addresses, or ranges of them
            transit.max.transfers   | 2147483648            | it must be a whole number from 1 to 2147483647
            transit.manifest.files  | 1e3                   | it must be a whole number from 1
            server.port             | 65536                 | it must be a port from 1 to 65535
            server.port             | -1                    | it must be a port
            server.port             | http                  | it must be a port
            server.host             | http://localhost      | it must be a host name
            server.host             | ``                    | it must be a host name
            server.path             | share                 | it must be a path
            server.path             | /a b                  | it must be a path
            transit.redis.prefix    | a{b                   | it must be letters, digits and any of
            transit.redis.tls.ca    | ``                    | it must be a file such as
            transit.redis.renewal   | 15s                   | it must be less than half of transit.redis.lease, which is PT15S
            transit.redis.renewal   | 8s                    | it must be less than half of transit.redis.lease, which is PT15S
            """)
    void a_wrong_value_is_refused(String key, String value, String right) {
        var properties = new Properties();
        properties.setProperty(key, value);
        assertThat(refusal(properties, Map.of()))
                .startsWith(key + " is \"" + value + "\" (system property " + key + ");")
                .contains(right);
    }

    @Test
    void a_lease_shorter_than_the_default_renewal_is_refused() {
        assertThat(refusal(new Properties(), Map.of("TRANSIT_REDIS_LEASE", "5s")))
                .isEqualTo("transit.redis.renewal is \"5s\" (the default);"
                        + " it must be less than half of transit.redis.lease, which is PT5S");
    }

    @ParameterizedTest
    @CsvSource({
        "http://:hunter2@localhost, it must be an address such as redis://",
        "redis:hunter2, it must be an address such as redis://",
        "redis://hunter2 localhost, it must be an address such as redis://"
    })
    void a_redis_is_refused_and_its_password_not_shown(String url, String right) {
        assertThat(refusal(new Properties(), Map.of("REDIS_URL", url)))
                .startsWith("transit.redis.url is set (environment variable REDIS_URL); " + right)
                .doesNotContain("hunter2");
    }

    @Test
    void an_unknown_property_is_refused() {
        var properties = new Properties();
        properties.setProperty("transit.stal", "5s");
        assertThat(refusal(properties, Map.of()))
                .isEqualTo("there is no system property transit.stal; did you mean transit.stall?");
    }

    @Test
    void an_unknown_property_of_the_server_is_refused() {
        var properties = new Properties();
        properties.setProperty("server.backlog", "5");
        assertThat(refusal(properties, Map.of()))
                .isEqualTo("there is no system property server.backlog; docs/configuration.md lists the keys");
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSIT_STAL, did you mean TRANSIT_STALL?",
        "TRANSIT_WAIT_SENDER-MAX, did you mean TRANSIT_WAIT_SENDER_MAX?",
        "TRANSIT_SERVER_PORT, did you mean SERVER_PORT?",
        "TRANSIT_PORT, did you mean SERVER_PORT?",
        "TRANSIT_COLOUR, docs/configuration.md lists the keys"
    })
    void an_unknown_variable_is_refused(String name, String advice) {
        assertThat(refusal(new Properties(), Map.of(name, "5")))
                .isEqualTo("there is no environment variable " + name + "; " + advice);
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSIT_JAVA_OPTS, -Xmx1g",
        "TRANSIT_JAVA_HOME, /jdk",
        "TRANSIT_TEST_REDIS_URL, redis://localhost",
        "TRANSIT_STALL, ''",
        "TRANSIT_SERVICE_HOST, 10.0.0.1",
        "TRANSIT_SERVICE_PORT, 80",
        "TRANSIT_SERVICE_PORT_HTTP, 80",
        "TRANSIT_PORT, tcp://10.0.0.1:80",
        "TRANSIT_PORT_80_TCP, tcp://10.0.0.1:80",
        "TRANSIT_PORT_80_TCP_ADDR, 10.0.0.1",
        "TRANSIT_REDIS_SERVICE_HOST, 10.0.0.2",
        "TRANSIT_REDIS_PORT, tcp://10.0.0.2:6379",
        "TRANSIT_REDIS_PORT_6379_TCP_PROTO, tcp",
        "SERVER_NAME, x",
        "PATH, /bin"
    })
    void what_is_meant_for_somebody_else_is_left_alone(String name, String value) {
        assertThat(Settings.load(Optional.empty(), directory, new Properties(), Map.of(name, value)))
                .isNotNull();
    }

    @Test
    void a_wrong_value_in_the_file_names_the_file() throws IOException {
        Path file = write("transit: {stall: 60}");
        assertThat(refusal(new Properties(), Map.of()))
                .startsWith(
                        "transit.stall is \"60\" (key transit.stall in " + file + "); it must be a time above zero");
    }

    @Test
    void a_wrong_key_in_the_file_is_refused_though_it_is_overridden() throws IOException {
        Path file = write("transit: {window: {memroy: 1 MiB}}");
        assertThat(refusal(new Properties(), Map.of("TRANSIT_WINDOW_MEMORY", "1 MiB")))
                .isEqualTo(
                        "there is no key transit.window.memroy in " + file + "; did you mean transit.window.memory?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transit: {wait: 5s}", "transit: 5", "server: [localhost]", "colour: red"})
    void a_value_where_a_group_belongs_is_refused(String yaml) throws IOException {
        write(yaml);
        assertThat(refusal(new Properties(), Map.of())).startsWith("there is no key ");
    }

    @Test
    void a_value_cannot_break_the_line() {
        assertThat(refusal(new Properties(), Map.of("TRANSIT_STALL", "5\n\u001b[2J")))
                .startsWith("transit.stall is \"5\\u000a\\u001b[2J\" (");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("transit.yaml"), yaml);
    }

    private String refusal(Properties properties, Map<String, String> environment) {
        StartException thrown = catchThrowableOfType(
                StartException.class, () -> Settings.load(Optional.empty(), directory, properties, environment));
        assertThat(thrown.code()).isEqualTo(ExitCode.CONFIGURATION);
        return thrown.getMessage();
    }
}
