package io.transit.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The files to send in a transfer that is cut, one for each pace. */
final class Originals {
    private final Map<Cut.Pace, Original> files = new EnumMap<>(Cut.Pace.class);

    private Originals() {}

    static Originals create(Path directory) throws IOException {
        var originals = new Originals();
        for (Cut.Pace pace : Cut.Pace.values()) {
            originals.files.put(pace, Original.create(directory.resolve(pace.name()), pace.size));
        }
        return originals;
    }

    Original of(Cut.Pace pace) {
        return Objects.requireNonNull(files.get(pace));
    }
}
