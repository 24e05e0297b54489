package io.transit.redis;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class RedisArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.transit.redis");
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.transit.redis");

    @Test
    void redis_knows_core_lettuce_and_nothing_of_http() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.transit.redis",
                        "io.transit.core",
                        "io.lettuce..",
                        "io.netty.bootstrap",
                        "io.netty.buffer",
                        "io.netty.channel",
                        "io.netty.channel.socket.nio",
                        "io.netty.handler.ssl",
                        "java..",
                        "org.jspecify.annotations")
                .check(MAIN);
    }

    @Test
    void an_embedder_sees_a_rendezvous_and_its_settings() {
        assertThat(MAIN.stream()
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("RedisRendezvous", "RedisSettings");
    }

    @Test
    void nobody_sleeps() {
        noClasses()
                .should()
                .callMethodWhere(target(name("sleep")).and(target(owner(assignableTo(Thread.class)))))
                .check(ALL);
    }
}
