package io.transit.redis;

import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;

/** Tells whoever reads the log what is wrong with Redis, each thing once, and that all is well again. */
final class Bulletin {
    private static final System.Logger LOG = System.getLogger(Bulletin.class.getPackageName());

    private final String where;
    private final Set<String> told = new HashSet<>();
    private final Set<String> remarks = new HashSet<>();

    /**
     * Tells nothing yet.
     *
     * @param where Redis is, without a password
     */
    Bulletin(String where) {
        this.where = where;
    }

    synchronized void wrong(Throwable what) {
        String line = Trouble.tell(where, what);
        if (told.add(line)) {
            LOG.log(Level.WARNING, line + "; until then this node knows of no other");
        }
    }

    /** Redis went away, and is expected back. */
    synchronized void lost() {
        if (told.add("")) {
            LOG.log(Level.WARNING, "Redis at " + where + " is gone; until it is back this node knows of no other");
        }
    }

    /** Something that does no harm as long as it is as it should be. */
    synchronized void remark(String what) {
        if (remarks.add(what)) {
            LOG.log(Level.WARNING, "Redis at " + where + " " + what);
        }
    }

    synchronized void well() {
        if (!told.isEmpty()) {
            told.clear();
            LOG.log(Level.INFO, "Redis at " + where + " is there");
        }
    }
}
