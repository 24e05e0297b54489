package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpSettingsTest {
    private static final HttpSettings STANDARD = HttpSettings.DEFAULT;
    private static final Duration TIME = Duration.ofSeconds(7);
    private static final List<AddressRange> RANGES = List.of(AddressRange.of("10.0.0.0/8"));

    /** A component, what it is set to, and what comes of that. */
    record Change(String component, Object value, HttpSettings changed) {}

    static Stream<Change> changes() {
        return Stream.of(
                new Change("waitReceiver", TIME, STANDARD.withWaitReceiver(TIME)),
                new Change("waitSenderMax", TIME, STANDARD.withWaitSenderMax(TIME)),
                new Change("heartbeat", TIME, STANDARD.withHeartbeat(TIME)),
                new Change("maxSize", OptionalLong.of(7), STANDARD.withMaxSize(7)),
                new Change("metadataDeadline", TIME, STANDARD.withMetadataDeadline(TIME)),
                new Change("headDeadline", TIME, STANDARD.withHeadDeadline(TIME)),
                new Change("idle", TIME, STANDARD.withIdle(TIME)),
                new Change("maxConnections", 7, STANDARD.withMaxConnections(7)),
                new Change("maxConnectionsPerClient", OptionalInt.of(7), STANDARD.withMaxConnectionsPerClient(7)),
                new Change("maxMisses", 7, STANDARD.withMaxMisses(7)),
                new Change("maxManifest", 7, STANDARD.withMaxManifest(7)),
                new Change("maxManifestFiles", 7, STANDARD.withMaxManifestFiles(7)),
                new Change("trustedProxies", RANGES, STANDARD.withTrustedProxies(RANGES)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void each_can_be_changed_and_changes_no_other(Change change) throws Exception {
        for (RecordComponent component : HttpSettings.class.getRecordComponents()) {
            Object before = component.getAccessor().invoke(STANDARD);
            Object after = component.getAccessor().invoke(change.changed());
            if (component.getName().equals(change.component())) {
                assertThat(after).isEqualTo(change.value()).isNotEqualTo(before);
            } else {
                assertThat(after).as(component.getName()).isEqualTo(before);
            }
        }
    }

    @Test
    void all_of_them_can_be_changed() {
        assertThat(changes().map(Change::component))
                .containsExactlyElementsOf(Arrays.stream(HttpSettings.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    static Stream<Supplier<HttpSettings>> wrong() {
        return Stream.of(
                () -> STANDARD.withWaitReceiver(Duration.ZERO),
                () -> STANDARD.withWaitSenderMax(Duration.ZERO),
                () -> STANDARD.withHeartbeat(Duration.ZERO),
                () -> STANDARD.withMaxSize(-1),
                () -> STANDARD.withMetadataDeadline(Duration.ZERO),
                () -> STANDARD.withHeadDeadline(Duration.ZERO),
                () -> STANDARD.withIdle(Duration.ofSeconds(-1)),
                () -> STANDARD.withMaxConnections(0),
                () -> STANDARD.withMaxConnectionsPerClient(0),
                () -> STANDARD.withMaxMisses(-1),
                () -> STANDARD.withMaxManifest(0),
                () -> STANDARD.withMaxManifestFiles(0));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void what_cannot_be_is_refused(Supplier<HttpSettings> settings) {
        assertThatThrownBy(settings::get).isInstanceOf(IllegalArgumentException.class);
    }
}
