/*
 * The ways in which a file comes to the page: chosen, dropped anywhere, or pasted.
 */

import {words} from './words.js';

/** Calls took(file) for each file that comes, and refused(why) for whatever else does. */
export function takeFiles(input, took, refused) {
    input.addEventListener('change', () => {
        const files = [...input.files];
        // Or choosing the same file again would be no change.
        input.value = '';
        take(files);
    });

    document.addEventListener('paste', ({clipboardData}) => {
        if (clipboardData.files.length > 0) {
            takeItems(clipboardData);
        } else if (clipboardData.types.length > 0 && document.activeElement?.matches('input') !== true) {
            refused(words('a-text'));
        }
    });

    takeDrops(dropped => {
        if (dropped.types.includes('Files')) {
            takeItems(dropped);
        } else {
            refused(words('a-text'));
        }
    });

    function takeItems(data) {
        if ([...data.items].some(item => item.webkitGetAsEntry?.()?.isDirectory)) {
            refused(data.items.length > 1 ? words('several-files') : words('a-folder'));
        } else {
            take([...data.files]);
        }
    }

    function take(files) {
        if (files.length === 1) {
            took(files[0]);
        } else if (files.length > 1) {
            refused(words('several-files'));
        }
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
