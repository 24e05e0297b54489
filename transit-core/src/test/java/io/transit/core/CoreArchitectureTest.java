package io.transit.core;

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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoreArchitectureTest {
    private static final int MAX_PUBLIC_TYPES = 22;
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.transit.core");
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.transit.core");

    @Test
    void core_uses_only_the_jdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.transit.core", "java..", "org.jspecify.annotations")
                .check(MAIN);
    }

    @Test
    void core_is_one_package() {
        classes().should().resideInAPackage("io.transit.core").check(MAIN);
    }

    @Test
    void core_stays_small_enough_to_be_learnt() {
        assertThat(MAIN.stream()
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("package-info")))
                .hasSizeLessThanOrEqualTo(MAX_PUBLIC_TYPES)
                .contains("Rendezvous", "Sender", "Receiver");
    }

    @Test
    void jdeps_finds_java_base_alone() {
        var found = new StringWriter();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(found),
                        new PrintWriter(new StringWriter()),
                        "--multi-release",
                        "21",
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        "target/classes");
        assertThat(code).isZero();
        assertThat(found.toString().strip()).isEqualTo("java.base");
    }

    @Test
    void nobody_sleeps() {
        noClasses()
                .should()
                .callMethodWhere(target(name("sleep")).and(target(owner(assignableTo(Thread.class)))))
                .check(ALL);
    }

    @Test
    void only_the_contract_leaves_the_tests() {
        assertThat(ALL.stream().filter(type -> type.getPackageName().endsWith(".contract")))
                .isNotEmpty();
        classes()
                .that()
                .resideInAPackage("..contract")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.transit.core..",
                        "java..",
                        "org.jspecify.annotations",
                        "org.junit.jupiter..",
                        "org.assertj..")
                .check(ALL);
    }
}
