package io.transit.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ArchitectureTest {
    private final JavaClasses main = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.transit.http..");

    @Test
    void it_depends_on_the_core_the_web_server_and_two_small_libraries_only() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.net.ssl",
                        "io.helidon..",
                        "io.nayuki.qrcodegen",
                        "io.transit.core",
                        "io.transit.http",
                        "org.jspecify..",
                        "tools.jackson.core..",
                        "jdk.net..")
                .check(main);
    }

    @Test
    void there_is_one_package() {
        classes().should().resideInAPackage("io.transit.http").check(main);
    }

    @Test
    void only_what_an_application_needs_is_public() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should()
                .haveSimpleName("TransitHttp")
                .orShould()
                .haveSimpleName("HttpSettings")
                .orShould()
                .haveSimpleName("AddressRange")
                .check(main);
    }
}
