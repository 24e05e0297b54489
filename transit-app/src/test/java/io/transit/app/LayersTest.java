package io.transit.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** Who may know whom; see ARCHITECTURE.md. */
class LayersTest {
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.transit");

    @Test
    void http_knows_no_redis() {
        noClasses()
                .that()
                .resideInAPackage("io.transit.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.transit.redis..", "io.lettuce..", "io.transit.app..")
                .check(ALL);
    }

    @Test
    void redis_knows_no_http() {
        noClasses()
                .that()
                .resideInAPackage("io.transit.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.transit.http..", "io.helidon..", "io.transit.app..")
                .check(ALL);
    }
}
