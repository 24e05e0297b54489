package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.TransferLimits;
import io.transit.http.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    /** For each syntax a value that is nobody's default. */
    private static final Map<Syntax<?>, String> SAMPLES = Map.ofEntries(
            Map.entry(Syntax.TIME, "3s"),
            Map.entry(Syntax.TIME_OR_ZERO, "0s"),
            Map.entry(Syntax.SIZE_IN_MEMORY, "64KiB"),
            Map.entry(Syntax.SIZE_OR_NONE, "4 GiB"),
            Map.entry(Syntax.COUNT, "17"),
            Map.entry(Syntax.COUNT_OR_NONE, "17"),
            Map.entry(Syntax.COUNT_OR_ZERO, "0"),
            Map.entry(Syntax.RANGES_OR_NONE, "10.0.0.0/8, ::1"),
            Map.entry(Syntax.PORT, "0"),
            Map.entry(Syntax.HOST, "127.0.0.1"),
            Map.entry(Syntax.PATH, "/share"),
            Map.entry(Syntax.PREFIX, "of:us"),
            Map.entry(Syntax.FILE_OR_NONE, "ca.pem"),
            Map.entry(Syntax.REDIS, "redis://localhost:6379"));

    @TempDir
    Path directory;

    static Stream<Arguments> keys() {
        return Keys.ALL.stream().map(key -> Arguments.of(key.name(), key, SAMPLES.get(key.syntax())));
    }

    @ParameterizedTest(name = "{0}={2}")
    @MethodSource("keys")
    <T> void every_key_may_be_a_system_property(String name, Key<T> key, String sample) {
        var properties = new Properties();
        properties.setProperty(name, sample);
        assertThat(new Values(List.of(SystemProperties.of(properties))).get(key))
                .isEqualTo(read(key, sample));
    }

    @ParameterizedTest(name = "{0}={2}")
    @MethodSource("keys")
    <T> void every_key_may_be_an_environment_variable(String name, Key<T> key, String sample) {
        var variables = Map.of(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), sample);
        assertThat(new Values(List.of(Environment.of(variables))).get(key)).isEqualTo(read(key, sample));
    }

    @ParameterizedTest(name = "{0}={2}")
    @MethodSource("keys")
    <T> void every_key_may_be_in_the_file(String name, Key<T> key, String sample) throws IOException {
        var yaml = new StringBuilder();
        List<String> parts = List.of(name.split("\\."));
        for (int i = 0; i < parts.size(); i++) {
            yaml.append("  ".repeat(i)).append(parts.get(i)).append(":");
            yaml.append(i == parts.size() - 1 ? " " + sample : "").append("\n");
        }
        var file = ConfigFile.read(write("transit.yaml", yaml.toString()));
        assertThat(new Values(List.of(file)).get(key)).isEqualTo(read(key, sample));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    <T> void every_key_has_a_default_that_is_right_and_not_the_sample(String name, Key<T> key, String sample) {
        assertThat(new Values(List.of()).get(key)).isEqualTo(read(key, key.standard()));
        assertThat(read(key, key.standard())).isNotEqualTo(read(key, sample));
    }

    @ParameterizedTest(name = "{0}={2}")
    @MethodSource("keys")
    void every_key_reaches_the_settings(String name, Key<?> key, String sample) {
        // The renewal goes first, as it must stay below the lease that is tried.
        var before = Map.of("transit.redis.renewal", "1s");
        var after = new HashMap<>(before);
        after.put(name, sample);
        assertThat(settings(after)).isNotEqualTo(settings(before));
    }

    @Test
    void a_property_wins_over_a_variable_over_a_file_over_the_default() throws IOException {
        Path file = write("other.yaml", "{transit: {stall: 3s, drain: 3s, heartbeat: 3s}}");
        var properties = new Properties();
        properties.setProperty("transit.stall", "1s");
        var variables = Map.of("TRANSIT_STALL", "2s", "TRANSIT_DRAIN", "2s");

        Settings settings = Settings.load(Optional.of(file), directory, properties, variables);

        assertThat(settings.stall()).hasSeconds(1);
        assertThat(settings.drain()).hasSeconds(2);
        assertThat(settings.heartbeat()).hasSeconds(3);
        assertThat(settings.statusKeep()).hasMinutes(10);
    }

    @Test
    void the_argument_wins_over_TRANSIT_CONFIG_over_the_working_directory() throws IOException {
        write("transit.yaml", "server: {port: 1}");
        String named = write("named.yaml", "server: {port: 2}").toString();
        Path argument = write("argument.yaml", "server: {port: 3}");

        assertThat(port(Optional.empty(), Map.of())).isEqualTo(1);
        assertThat(port(Optional.empty(), Map.of("TRANSIT_CONFIG", ""))).isEqualTo(1);
        assertThat(port(Optional.empty(), Map.of("TRANSIT_CONFIG", named))).isEqualTo(2);
        assertThat(port(Optional.of(argument), Map.of("TRANSIT_CONFIG", named))).isEqualTo(3);
    }

    @Test
    void without_any_source_the_defaults_hold() {
        assertThat(Settings.load(Optional.empty(), directory, new Properties(), Map.of()))
                .isEqualTo(Settings.of(new Values(List.of())));
    }

    @Test
    void the_own_variable_of_the_redis_wins_over_the_common_one() {
        var environment = Environment.of(Map.of("REDIS_URL", "redis://a", "TRANSIT_REDIS_URL", "redis://b"));
        assertThat(new Values(List.of(environment)).get(Keys.REDIS_URL)).contains(URI.create("redis://b"));
        var common = Environment.of(Map.of("REDIS_URL", "redis://a", "TRANSIT_REDIS_URL", ""));
        assertThat(new Values(List.of(common)).get(Keys.REDIS_URL)).contains(URI.create("redis://a"));
    }

    @Test
    void the_modules_get_their_own_defaults_by_default() {
        Settings standard = settings(Map.of());
        assertThat(standard.transferLimits()).isEqualTo(TransferLimits.DEFAULT);
        assertThat(standard.httpSettings()).isEqualTo(HttpSettings.DEFAULT);
    }

    @Test
    void what_a_list_of_files_may_take_up_reaches_the_endpoints() {
        HttpSettings limits = settings(Map.of("transit.manifest.max", "64 KiB", "transit.manifest.files", "17"))
                .httpSettings();
        assertThat(limits.maxManifest()).isEqualTo(64 * 1024);
        assertThat(limits.maxManifestFiles()).isEqualTo(17);
    }

    private static Settings settings(Map<String, String> properties) {
        return Settings.of(new Values(List.of(new SystemProperties(properties))));
    }

    private int port(Optional<Path> argument, Map<String, String> environment) {
        return Settings.load(argument, directory, new Properties(), environment)
                .server()
                .port();
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(directory.resolve(name), yaml);
    }

    private static <T> T read(Key<T> key, String text) {
        return key.syntax().read(text).orElseThrow();
    }
}
