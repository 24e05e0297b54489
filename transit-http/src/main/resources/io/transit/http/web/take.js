/*
 * The ways in which something to send comes to the page: chosen, dropped anywhere, or pasted. Each file is a {file, path},
 * where the path begins with the folders that it came in.
 */

/** Calls took(files) whenever something comes, with a list that is empty if there is no file in it. */
export function takeFiles(inputs, took) {
    for (const input of inputs) {
        input.addEventListener('change', () => {
            const files = [...input.files];
            // Or choosing the same file again would be no change.
            input.value = '';
            took(files.map(withPath));
        });
    }

    document.addEventListener('paste', event => {
        const isElsewhere = event.target.matches?.('textarea, input[type=text]:not([readonly])');
        if (!isElsewhere && event.clipboardData.types.length > 0) {
            takeData(event.clipboardData);
        }
    });

    takeDrops(takeData);

    async function takeData(data) {
        const text = data.getData('text/plain');
        if (data.types.includes('Files')) {
            took(await filesOf(data));
        } else if (text) {
            took([asFile(text)]);
        }
    }
}

/** A piece of text, as something to send. */
export function asFile(text) {
    return withPath(new File([text], 'text.txt', {type: 'text/plain;charset=utf-8'}));
}

/** A file, under the path that it came with. */
export function withPath(file) {
    return {file, path: file.webkitRelativePath || file.name};
}

/** What is dropped or pasted can only be asked for at once; what is in its folders, later. */
async function filesOf(data) {
    const items = [...data.items].filter(({kind}) => kind === 'file')
        .map(item => ({entry: item.webkitGetAsEntry?.(), file: item.getAsFile()}));
    const files = [];
    for (const {entry, file} of items) {
        if (entry?.isDirectory) {
            files.push(...await filesIn(entry));
        } else if (file) {
            files.push(withPath(file));
        }
    }
    return files;
}

/** All that is in a folder and those below it, each in the order of its names. */
async function filesIn(folder) {
    const files = [];
    for (const entry of (await entriesOf(folder)).sort((a, b) => a.name < b.name ? -1 : 1)) {
        if (entry.isDirectory) {
            files.push(...await filesIn(entry));
        } else {
            const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
            files.push({file, path: entry.fullPath.replace(/^\//, '')});
        }
    }
    return files;
}

/** It is read in parts, until one is empty. */
async function entriesOf(folder) {
    const reader = folder.createReader();
    const entries = [];
    for (;;) {
        const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (part.length === 0) {
            return entries;
        }
        entries.push(...part);
    }
}

/** Says by a class on the page that something is held over it. */
function takeDrops(drop) {
    const page = document.documentElement;
    let depth = 0;

    function held(change) {
        depth = change(depth);
        page.classList.toggle('dropping', depth > 0);
    }

    document.addEventListener('dragenter', () => held(d => d + 1));
    document.addEventListener('dragleave', () => held(d => Math.max(0, d - 1)));
    document.addEventListener('dragover', event => {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
    });
    document.addEventListener('drop', event => {
        // Or the browser would leave the page to show the file.
        event.preventDefault();
        held(() => 0);
        drop(event.dataTransfer);
    });
}
