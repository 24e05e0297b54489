package io.transit.app;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;

/**
 * How many connections this process can have: each is an open file, of which the system allows it so many. The server would
 * not survive being refused one, so that it never may ask for one too many.
 */
final class Descriptors {
    private static final System.Logger LOG = System.getLogger(Descriptors.class.getName());

    /** For Redis, for what is read later, and for connections that are only told that there are too many. */
    private static final long OTHERS = 128;

    private Descriptors() {}

    /** Returns what is wanted, or as many connections as there can be, if these are fewer. */
    static int allow(int wanted) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long allowed = allow(wanted, unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount());
            // A few less are not worth a line at each start.
            if (allowed < wanted / 2) {
                LOG.log(
                        Level.INFO,
                        "at most " + allowed + " connections, as this process may have "
                                + unix.getMaxFileDescriptorCount() + " files open (ulimit -n)");
            }
            return (int) allowed;
        }
        return wanted;
    }

    /** Returns the same of a process with so many files open, out of so many that it may have. */
    static long allow(int wanted, long most, long open) {
        // Few are better than none.
        long left = Math.max(most - open - OTHERS, (most - open) / 2);
        return Math.clamp(left, 1, wanted);
    }
}
