package io.transit.app;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Environment variables, such as {@code TRANSIT_STALL}: a key in upper case, with {@code _} for {@code .} and
 * {@code -}. One that is empty counts as not set, since that is what deployment tools make of a value that nobody gave.
 *
 * @param values by variable
 */
record Environment(Map<String, String> values) implements Source {
    /** What hosting platforms call the address of a Redis. */
    private static final String REDIS_URL = "REDIS_URL";

    /** Read elsewhere: by the run script, by the choice of the file, by the tests. */
    private static final Pattern ELSEWHERE = Pattern.compile("TRANSIT_(CONFIG|JAVA_OPTS|JAVA_HOME|TEST_\\w+)");

    /** What Kubernetes tells every container of the services transit and transit-*. */
    private static final Pattern KUBERNETES = Pattern.compile("TRANSIT_(\\w+_)?"
            + "(SERVICE_(HOST|PORT(_\\w+)?)=.*|PORT=\\w+://.*|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?=.*)");

    static Environment of(Map<String, String> variables) {
        Set<String> known =
                Keys.ALL.stream().flatMap(key -> namesOf(key).stream()).collect(Collectors.toUnmodifiableSet());
        return new Environment(variables.entrySet().stream()
                .filter(variable -> known.contains(variable.getKey())
                        ? !variable.getValue().isEmpty()
                        : isOurs(variable.getKey(), variable.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public List<String> names(Key<?> key) {
        return namesOf(key);
    }

    @Override
    public String describe(String name) {
        return "environment variable " + name;
    }

    private static List<String> namesOf(Key<?> key) {
        return key.equals(Keys.REDIS_URL) ? List.of(key.variable(), REDIS_URL) : List.of(key.variable());
    }

    private static boolean isOurs(String name, String value) {
        return name.startsWith("TRANSIT_")
                && !ELSEWHERE.matcher(name).matches()
                && !KUBERNETES.matcher(name + "=" + value).matches();
    }
}
