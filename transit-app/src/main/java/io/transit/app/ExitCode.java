package io.transit.app;

/** What the process ends with when it does not serve; the numbers are those of sysexits.h. */
enum ExitCode {
    /** The command line is wrong. */
    USAGE(64),
    /** The address cannot be listened on. */
    OS_ERROR(71),
    /** The configuration is wrong. */
    CONFIGURATION(78);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
