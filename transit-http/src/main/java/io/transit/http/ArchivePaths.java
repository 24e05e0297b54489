package io.transit.http;

import io.transit.core.FileMetadata;
import io.transit.core.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Under which paths the files of an archive lie in it: where they lay before, which is clean already, and no two at one place. */
final class ArchivePaths {
    private ArchivePaths() {}

    /** Returns a path for each file; what would take another's place, or that of a folder, gets a number. */
    static List<String> of(List<FileMetadata> files) {
        Set<String> taken = new HashSet<>();
        files.forEach(file -> addFolders(file.folder(), taken));
        Map<String, Integer> numbers = new HashMap<>();
        List<String> paths = new ArrayList<>();
        for (FileMetadata file : files) {
            String path = file.path();
            while (!taken.add(path)) {
                path = numbered(file.path(), numbers.merge(file.path(), 1, Integer::sum) + 1);
            }
            paths.add(path);
        }
        return paths;
    }

    private static void addFolders(String folder, Set<String> taken) {
        String path = folder;
        while (!path.isEmpty() && taken.add(path)) {
            path = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
        }
    }

    private static String numbered(String path, int number) {
        int dot = path.lastIndexOf('.');
        int end = dot > path.lastIndexOf('/') + 1 ? dot : path.length();
        return path.substring(0, end) + " (" + number + ")" + path.substring(end);
    }

    /** What an archive of the offer is called, but for its extension: as the only file, or the folder in which all are. */
    static String commonName(Offer offer) {
        List<FileMetadata> files = offer.files();
        if (files.size() == 1) {
            return files.get(0).name();
        }
        String folder = top(files.get(0));
        boolean isCommon = files.stream().allMatch(file -> top(file).equals(folder));
        return isCommon && !folder.isEmpty() ? folder : "transit-" + offer.id();
    }

    private static String top(FileMetadata file) {
        return file.folder().split("/", 2)[0];
    }
}
