package io.transit.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The path under which everything is: the root, or one that is transit's alone in a server that has other routes too.
 *
 * @param path with a slash at both ends
 */
record BasePath(String path) {
    /** Segments of unreserved characters (RFC 3986 section 2.3), so that there is one way to write it. */
    private static final Pattern VALID = Pattern.compile("/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*");

    static final BasePath ROOT = new BasePath("/");

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException if it is not a path, has no slash at an end, or has a segment that begins with a dot
     */
    BasePath {
        if (!VALID.matcher(path).matches()) {
            throw new IllegalArgumentException("a base path is like /share/, with plain segments: " + path);
        }
    }

    /** Takes one that may lack the slash at its end. */
    static BasePath of(String path) {
        return new BasePath(path.isEmpty() || path.endsWith("/") ? path : path + "/");
    }

    boolean isRoot() {
        return equals(ROOT);
    }

    /** The path without the slash at its end; of the root, nothing. */
    String withoutSlash() {
        return path.substring(0, path.length() - 1);
    }

    /** Whether a path, as it was sent, is this or below this; also if it lacks the slash at its end. */
    boolean contains(String raw) {
        return below(raw).isPresent() || raw.equals(withoutSlash());
    }

    /** What is left of a path as it was sent, beginning with a slash; empty if it is not below this. */
    Optional<String> below(String raw) {
        return isRoot()
                ? Optional.of(raw)
                : Optional.of(raw).filter(it -> it.startsWith(path)).map(it -> it.substring(path.length() - 1));
    }
}
