package io.transit.app;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What the command line asks for. */
sealed interface Command {
    String USAGE = """
            Usage: transit [--config FILE]

              --config FILE   read the configuration from FILE; otherwise from the one that
                              TRANSIT_CONFIG names, or from transit.yaml in this directory
              --version       tell the version
              --help          tell this

            Every key of the configuration may also be given as an environment variable
            (TRANSIT_STALL=30s) or as a Java system property; docs/configuration.md lists them.
            """;

    /**
     * Serve.
     *
     * @param config the file that was asked for
     */
    record Serve(Optional<Path> config) implements Command {}

    /** Tell how to use the program. */
    record Help() implements Command {}

    /** Tell the version. */
    record Version() implements Command {}

    /**
     * Nothing that we can do.
     *
     * @param why one line
     */
    record Misuse(String why) implements Command {}

    /** Reads the command line; the first argument that asks for something else than to serve decides. */
    static Command parse(String... args) {
        Optional<Path> config = Optional.empty();
        Iterator<String> rest = List.of(args).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--help", "-h" -> {
                    return new Help();
                }
                case "--version" -> {
                    return new Version();
                }
                case "--config" -> {
                    if (!rest.hasNext()) {
                        return new Misuse("--config needs the name of a file");
                    }
                    config = Optional.of(Path.of(rest.next()));
                }
                default -> {
                    return new Misuse("there is no argument " + OneLine.of(argument));
                }
            }
        }
        return new Serve(config);
    }
}
