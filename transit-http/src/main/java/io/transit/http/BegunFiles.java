package io.transit.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which files receivers of this node have begun to receive, by their tags; as many as it can remember. */
final class BegunFiles {
    private static final int MOST = 10_000;

    private final Set<String> tags =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > MOST;
                }
            }));

    void add(Representation file) {
        file.tag().ifPresent(tags::add);
    }

    boolean contains(Representation file) {
        return file.tag().filter(tags::contains).isPresent();
    }
}
