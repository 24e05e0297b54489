package io.transit.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The run script, in a checkout of its own, with a java and an mvn that only tell how they were called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for a POSIX shell")
@Timeout(60)
class RunScriptTest {
    private static final Instant BUILT = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path root;

    private final Map<String, String> variables = new TreeMap<>();
    private Path jar;
    private Path source;

    @BeforeEach
    void checkOut() throws IOException {
        Path script = Files.copy(Path.of("..", "transit"), root.resolve("transit"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        jar = write("transit-app/target/transit.jar", "", BUILT);
        source = write("transit-app/src/main/java/Main.java", "", BUILT);
        write("transit-app/pom.xml", "", BUILT);
        write("pom.xml", "", BUILT);
        program("bin/mvn", "echo \"mvn $JAVA_HOME $*\" >&2");
        variables.put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
        variables.put("TRANSIT_JAVA_HOME", jdk("jdk", "21.0.9").toString());
    }

    @Test
    void it_becomes_java_with_bounds_and_passes_arguments_as_they_are() throws Exception {
        variables.put("TRANSIT_JAVA_OPTS", "-Xmx1g -Dtransit.stall=5s");
        assertThat(run("--config", "a b.yaml", "*"))
                .startsWith("0 jdk <-XX:+UseSerialGC>")
                .contains("<-Djdk.pollerMode=1> <-XX:FreqInlineSize=80> <-Xmx1g> <-Dtransit.stall=5s> <-jar>")
                .endsWith("<" + jar + "> <--config> <a b.yaml> <*>\n");
    }

    @Test
    void it_may_be_called_by_a_link() throws Exception {
        Path link = Files.createSymbolicLink(root.resolve("bin/linked"), root.resolve("transit"));
        assertThat(call(link)).startsWith("0 jdk ").contains("<" + jar + ">");
    }

    @Test
    void it_builds_when_there_is_no_jar() throws Exception {
        Files.delete(jar);
        assertThat(run())
                .contains("transit: building")
                .contains("mvn " + root.resolve("jdk") + " -B -q -ntp -P !format -Dmaven.test.skip.exec package");
    }

    @Test
    void it_builds_when_a_source_is_newer_and_only_once() throws Exception {
        assertThat(run()).doesNotContain("mvn");
        Files.setLastModifiedTime(source, FileTime.from(BUILT.plusSeconds(5)));
        assertThat(run()).contains("mvn");
        assertThat(run()).doesNotContain("mvn");
    }

    @Test
    void it_has_a_jvm_learn_from_what_was_built_and_use_that() throws Exception {
        variables.put("TRANSIT_JAVA_HOME", jdk("new", "25.0.1").toString());
        String learnt = "<-XX:AOTCache=" + root.resolve("transit-app/target/transit.aot") + ">";
        assertThat(run()).doesNotContain("AOT");
        Files.delete(jar);
        program("bin/mvn", ": > '" + jar + "'");
        assertThat(run()).contains(learnt);
        assertThat(run()).contains(learnt).doesNotContain("building");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run()).doesNotContain("AOT");
    }

    @Test
    void it_does_not_ask_an_older_jvm_to_learn() throws Exception {
        Files.delete(jar);
        program("bin/mvn", ": > '" + jar + "'");
        assertThat(run()).contains("building").doesNotContain("AOT");
        assertThat(root.resolve("transit-app/target/transit.aot")).doesNotExist();
    }

    @Test
    void it_does_not_start_what_could_not_be_built() throws Exception {
        Files.delete(jar);
        program("bin/mvn", "exit 3");
        assertThat(run()).startsWith("3 ").doesNotContain("-jar");
    }

    @Test
    void a_jdk_that_was_asked_for_and_is_too_old_is_refused() throws Exception {
        variables.put("TRANSIT_JAVA_HOME", jdk("old", "17.0.15").toString());
        assertThat(run())
                .isEqualTo(
                        "69 transit: TRANSIT_JAVA_HOME is " + root.resolve("old") + ", which is no JDK 21 or newer.\n");
    }

    @Test
    void JAVA_HOME_wins_over_the_path_unless_it_is_too_old() throws Exception {
        variables.remove("TRANSIT_JAVA_HOME");
        Path onPath = jdk("path", "22");
        variables.put("PATH", onPath.resolve("bin") + ":" + variables.get("PATH"));
        variables.put("JAVA_HOME", jdk("home", "25.0.1").toString());
        assertThat(run()).startsWith("0 home ");
        variables.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        assertThat(run()).startsWith("0 path ");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        return call(root.resolve("transit"), arguments);
    }

    /** Returns the exit code, a blank, and all that was written. */
    private String call(Path script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(variables);
        Process process = builder.start();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + written;
    }

    private Path jdk(String name, String version) throws IOException {
        write(name + "/release", "JAVA_VERSION=\"" + version + "\"\n", BUILT);
        program(name + "/bin/javac", "");
        String learn = "for a; do case $a in -XX:AOTCacheOutput=*) : > \"${a#*=}\";; esac; done; ";
        program(name + "/bin/java", learn + "printf '" + name + "'; printf ' <%s>' \"$@\"; echo");
        return root.resolve(name);
    }

    private void program(String name, String body) throws IOException {
        Path file = write(name, "#!/bin/sh\n" + body + "\n", BUILT);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Path write(String name, String text, Instant modified) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }
}
