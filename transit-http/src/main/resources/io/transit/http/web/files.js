import {size} from './format.js';
import {LISTED} from './listed.js';
import {words} from './words.js';

export function sizeOf(files) {
    return files.reduce((sum, {file}) => sum + file.size, 0);
}

/** Shows what is sent: the name of the one file, or how many there are and, for those who ask, which. */
export function showFiles(at, files) {
    const isOne = files.length === 1;
    const total = size(sizeOf(files));
    at.one.hidden = !isOne;
    at.many.hidden = isOne;
    at.many.open = false;
    at.name.textContent = isOne ? files[0].path : '';
    at.size.textContent = isOne ? total : '';
    at.count.textContent = words('files', {count: files.length});
    at.total.textContent = total;
    const lines = isOne ? [] : files.slice(0, LISTED).map(line);
    if (files.length > LISTED) {
        lines.push(item(words('files-more', {count: files.length - LISTED})));
    }
    at.files.replaceChildren(...lines);
}

function line({file, path}) {
    const name = document.createElement('bdi');
    name.textContent = path;
    const facts = document.createElement('span');
    facts.className = 'soft';
    facts.textContent = size(file.size);
    return item(name, ' ', facts);
}

function item(...content) {
    const item = document.createElement('li');
    item.append(...content);
    return item;
}
