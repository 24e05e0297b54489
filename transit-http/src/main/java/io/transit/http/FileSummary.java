package io.transit.http;

import io.transit.core.FileMetadata;
import java.util.List;
import java.util.OptionalLong;

/** What is said of the files of an offer together, to people; the page's own {@code listing.js} says the same. */
record FileSummary(List<FileMetadata> files) {
    boolean areSeveral() {
        return files.size() > 1;
    }

    /** What they are called: by the name of the one that there is, or by their number. */
    String name() {
        return areSeveral() ? files.size() + " files" : files.get(0).name();
    }

    /** Returns how large they are together; empty if nobody knows. */
    OptionalLong bytes() {
        return files.stream().allMatch(file -> file.size().isPresent())
                ? OptionalLong.of(
                        files.stream().mapToLong(file -> file.size().orElse(0)).sum())
                : OptionalLong.empty();
    }

    String size() {
        return size(bytes());
    }

    /** Their size, to be followed by more. */
    String sizeSentence() {
        return size().isEmpty() ? "" : size() + ". ";
    }

    /** The type of the one that there is. */
    String type() {
        return areSeveral() ? "" : type(files.get(0));
    }

    static String size(OptionalLong bytes) {
        return bytes.isPresent() ? HumanSize.of(bytes.getAsLong()) : "";
    }

    /** Without its parameters, and only if it says anything. */
    static String type(FileMetadata file) {
        return file.type().equals(FileMetadata.UNKNOWN_TYPE)
                ? ""
                : file.type().split(";", 2)[0].strip();
    }
}
