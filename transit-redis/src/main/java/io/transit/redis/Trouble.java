package io.transit.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may be wrong with a Redis, by the words in which it, or the way to it, says so; and what to do about it. The first that
 * fits counts.
 */
enum Trouble {
    UNFIT("Trouble\\$Unfit", ""),
    NO_PASSWORD("NOAUTH", "wants a password: put it into the address, as in redis://user:password@host"),
    WRONG_PASSWORD("WRONGPASS|invalid password", "does not accept the user or the password in the address"),
    NEEDLESS_PASSWORD("without any password configured", "knows no password: take it out of the address"),
    NO_PERMISSION("NOPERM", "denies this user what it needs: docs/operations.md has the rights for ACL SETUSER"),
    PROTECTED("DENIED", "is in protected mode: it accepts clients of other machines only once it has a password"),
    REPLICA("READONLY", "is a replica, and takes nothing: name its master in the address, or its Sentinels"),
    CANNOT_SAVE("MISCONF", "takes nothing, as it cannot save: turn that off (CONFIG SET save ''), transit needs none"),
    NO_CLUSTER("cluster support disabled", "is no Cluster: begin the address with redis:// or rediss://"),
    CLUSTER("MOVED", "belongs to a Cluster: begin the address with redis-cluster:// or rediss-cluster://"),
    NO_DATABASE("DB index|SELECT is not allowed", "has no database of the number in the address"),
    CROWDED("max number of clients", "has as many clients as it takes: raise its maxclients"),
    FULL("OOM", "is full: raise its maxmemory"),
    NOT_READY("LOADING|MASTERDOWN|CLUSTERDOWN", "is not ready"),
    UNTRUSTED(
            "certification path|path validation",
            "has a certificate that is not trusted here: name the file of its authority (transit.redis.tls.ca)"),
    OTHER_NAME(
            "No subject alternative|No name matching",
            "has a certificate for another name: use that name in the address, or add ?verifyPeer=CA"),
    CLIENT_CERTIFICATE(
            "certificate_required|bad_certificate",
            "wants a certificate of its clients: set its tls-auth-clients to no"),
    NO_TLS("NotSslRecord", "does not speak TLS: begin the address with redis, not rediss"),
    TLS("SSLHandshake|SSLException", "does not agree with this node on how to speak TLS"),
    UNKNOWN_MASTER("Cannot provide redisAddress", "is not known to the Sentinels: is the name behind the # right?"),
    UNKNOWN_HOST("UnknownHost", "cannot be reached: there is no host of this name"),
    NOBODY_LISTENS("Connection refused", "cannot be reached, nobody listens there: does it run, and is this its port?"),
    CLOSED("Connection reset|closed prematurely|Broken pipe", "closes the connection: does it want TLS, rediss://?"),
    SILENT("timed out|Timeout", "does not answer: is the host right, is there a firewall, is it TLS on both sides?"),
    OTHER("", "cannot be used");

    private final Pattern words;
    private final String advice;

    Trouble(String words, String advice) {
        this.words = Pattern.compile(words);
        this.advice = advice;
    }

    /** A Redis that answers, and will not do; the message goes on after its name. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unfit(String why) {
            super(why);
        }
    }

    static Trouble of(Throwable thrown) {
        String said = chain(thrown).stream().map(Throwable::toString).collect(Collectors.joining("\n"));
        return Arrays.stream(values())
                .filter(trouble -> trouble.words.matcher(said).find())
                .findFirst()
                .orElse(OTHER);
    }

    /** Says in one line, without a password, what is wrong and what to do. */
    static String tell(String where, Throwable thrown) {
        Trouble trouble = of(thrown);
        Throwable root = chain(thrown).getLast();
        String what = switch (trouble) {
            case UNFIT -> String.valueOf(root.getMessage());
            case OTHER, TLS -> trouble.advice + " (" + root + ")";
            case NO_PASSWORD,
                    WRONG_PASSWORD,
                    NEEDLESS_PASSWORD,
                    NO_PERMISSION,
                    PROTECTED,
                    REPLICA,
                    CANNOT_SAVE,
                    NO_CLUSTER,
                    CLUSTER,
                    NO_DATABASE,
                    CROWDED,
                    FULL,
                    NOT_READY,
                    UNTRUSTED,
                    OTHER_NAME,
                    CLIENT_CERTIFICATE,
                    NO_TLS,
                    UNKNOWN_MASTER,
                    UNKNOWN_HOST,
                    NOBODY_LISTENS,
                    CLOSED,
                    SILENT -> trouble.advice;
        };
        return "Redis at " + where + " " + what;
    }

    private static List<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).toList();
    }

    /** Returns whether it goes away only if somebody does something about it, so that there is no hurry to try again. */
    boolean isLasting() {
        return compareTo(TLS) <= 0 && this != CROWDED && this != FULL && this != NOT_READY;
    }
}
