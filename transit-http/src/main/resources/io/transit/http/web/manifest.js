/** As many files as the server takes, and as much as it reads of what is said of them. */
const MOST_FILES = 10_000;
const MOST_BYTES = 1_000_000;

/** What the server is told of files, each a {file, path}. */
export function manifest(files) {
    return files.map(({file: {size, type, lastModified}, path}) => ({name: path, size, type, lastModified}));
}

/** Whether they are few enough to be sent at once. */
export function fits(files) {
    return files.length <= MOST_FILES && new Blob([JSON.stringify(manifest(files))]).size <= MOST_BYTES;
}
