package io.transit.app;

import io.helidon.common.Weighted;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.util.function.BooleanSupplier;

/**
 * What an orchestrator asks: {@code /observe/health/live}, {@code ready} and {@code started}. Each answers 200 or 503.
 * Alive and started is whoever answers; ready is a node that takes new transfers.
 */
final class Health {
    private Health() {}

    static ObserveFeature feature(BooleanSupplier ready) {
        var observer = HealthObserver.builder()
                // With details a good answer is 200; without, 204.
                .details(true)
                .useSystemServices(false)
                .addCheck(check("live", HealthCheckType.LIVENESS, () -> true))
                .addCheck(check("ready", HealthCheckType.READINESS, ready))
                .addCheck(check("started", HealthCheckType.STARTUP, () -> true))
                .build();
        return ObserveFeature.builder()
                // Before the endpoints of transit, which answer every path that comes to them.
                .weight(Weighted.DEFAULT_WEIGHT + 10)
                .observersDiscoverServices(false)
                .addObserver(observer)
                .build();
    }

    private static HealthCheck check(String name, HealthCheckType type, BooleanSupplier holds) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public HealthCheckType type() {
                return type;
            }

            @Override
            public HealthCheckResponse call() {
                return HealthCheckResponse.builder()
                        .status(holds.getAsBoolean())
                        .build();
            }
        };
    }
}
