package io.transit.app;

import io.helidon.logging.common.LogConfig;
import java.nio.file.Path;
import java.util.Optional;

/** Starts the service. */
public final class Main {
    private Main() {}

    /**
     * Starts the service as the configuration says and announces its address on the standard output; it then runs until
     * the process is told to end. If it cannot start, says why in one line on the standard error and exits.
     *
     * @param args as {@code --help} tells
     */
    public static void main(String[] args) {
        configureLogging();
        switch (Command.parse(args)) {
            case Command.Serve(var config) -> serve(config);
            case Command.Help help -> System.out.print(Command.USAGE);
            case Command.Version version -> System.out.println("transit " + version());
            case Command.Misuse(var why) -> exit(ExitCode.USAGE, why + System.lineSeparator() + Command.USAGE);
        }
    }

    static void configureLogging() {
        // By name: with its class that of the JDK is initialised, which looks for this then.
        System.setProperty("java.util.logging.manager", "io.transit.app.LastingLogs");
        LogConfig.configureRuntime();
        LastingLogs.keep();
    }

    private static void serve(Optional<Path> config) {
        try {
            Settings settings = Settings.load(config, Path.of(""), System.getProperties(), System.getenv());
            Node node = Node.start(settings);
            io.helidon.Main.addShutdownHandler(node::drain);
            System.out.println("transit listens on " + node.address());
        } catch (StartException e) {
            exit(e.code(), e.getMessage());
        }
    }

    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    private static void exit(ExitCode code, String why) {
        System.err.println("transit: " + why);
        System.exit(code.number());
    }
}
