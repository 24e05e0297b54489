package io.transit.app;

/** The service cannot start; the message is the one line that the operator is shown. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final String line;

    private StartException(ExitCode code, String message) {
        this.code = code;
        this.line = OneLine.of(message);
    }

    /** The configuration is wrong. */
    static StartException configuration(String message) {
        return new StartException(ExitCode.CONFIGURATION, message);
    }

    /** The configured address is not free, or not of this machine. */
    static StartException cannotListen(Settings.Server server, String why) {
        return new StartException(
                ExitCode.OS_ERROR, "cannot listen on " + server.host() + ", port " + server.port() + ": " + why);
    }

    /** Returns what the process shall end with. */
    ExitCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return line;
    }
}
