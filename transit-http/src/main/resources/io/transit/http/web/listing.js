import {size} from './format.js';
import {LISTED} from './listed.js';
import {words} from './words.js';

const UNKNOWN_TYPE = 'application/octet-stream';

/** The files of an offer: what is said of all of them, and the list of several. */
export class Files {
    #at;
    #all = [];
    #shown = 0;

    /** @param at the elements of the page, by their id */
    constructor(at) {
        this.#at = at;
        at.more.addEventListener('click', () => this.#list(this.#all.length));
    }

    get areSeveral() {
        return this.#all.length > 1;
    }

    get count() {
        return this.#all.length;
    }

    /** What all of it is called. */
    get name() {
        return this.areSeveral ? words('files', {count: this.#all.length}) : this.#all[0].name;
    }

    /** Shows files, as the server tells of them, if they are others than those that are shown. */
    show(files) {
        if (files.length === this.#all.length && files.every((file, i) => file.name === this.#all[i].name
            && file.size === this.#all[i].size)) {
            return;
        }
        this.#all = files;
        const whole = this.range(0).to;
        this.#at.name.textContent = this.name;
        this.#at.size.value = whole ?? '';
        this.#at.size.textContent = whole === undefined ? '' : size(whole);
        this.#at.type.textContent = this.areSeveral ? '' : type(files[0]);
        this.#at.download.textContent = words(this.areSeveral ? 'download-all' : 'download');
        this.#at.files.replaceChildren();
        this.#shown = 0;
        this.#list(LISTED);
    }

    /** Where the bytes of a file begin and end in those of all; of all of them for 0. No end is known of a pipe. */
    range(part) {
        const sum = files => files.reduce((bytes, file) => bytes + (file.size ?? NaN), 0);
        const from = part > 0 ? sum(this.#all.slice(0, part - 1)) : 0;
        const to = sum(part > 0 ? this.#all.slice(0, part) : this.#all);
        return {from, to: Number.isNaN(to) ? undefined : to};
    }

    /** What is called so that a receiver knows it: one file, or all of them. */
    nameOf(part) {
        return part > 0 ? this.#all[part - 1].name : this.name;
    }

    /**
     * Marks those that have arrived, and the one that is on its way.
     *
     * @param had the numbers of those that are there
     * @param now the part that is on its way, and how far it is; or undefined
     */
    mark(had, now) {
        let from = 0;
        for (const row of this.#at.files.children) {
            const part = Number(row.dataset.part);
            const to = from + this.#all[part - 1].size;
            const isIn = now && (now.part === part || now.part === 0);
            const isHere = isIn && (now.part > 0 || (now.bytes >= from && now.bytes < to));
            const has = had.has(part) || (isIn && now.part === 0 && now.bytes >= to);
            row.dataset.mark = has ? 'had' : isHere ? 'here' : '';
            row.querySelector('.mark').textContent = has ? words('file-had') : isHere ? words('file-here') : '';
            from = to;
        }
    }

    #list(most) {
        const files = this.areSeveral ? this.#all.slice(this.#shown, most) : [];
        this.#at.files.append(...files.map((file, i) => this.#row(file, this.#shown + i + 1)));
        this.#shown += files.length;
        this.#at.files.hidden = !this.areSeveral;
        this.#at.more.hidden = !this.areSeveral || this.#shown === this.#all.length;
        this.#at.more.textContent = words('list-more', {count: this.#all.length - this.#shown});
    }

    #row(file, part) {
        const row = this.#at.row.content.firstElementChild.cloneNode(true);
        const cut = file.name.lastIndexOf('/') + 1;
        row.dataset.part = part;
        row.querySelector('.folder').textContent = file.name.slice(0, cut);
        row.querySelector('.base').textContent = file.name.slice(cut);
        row.querySelector('.size').textContent = size(file.size);
        row.querySelector('.type').textContent = type(file);
        const button = row.querySelector('button');
        button.setAttribute('aria-label', words('download-named', {name: file.name}));
        button.firstElementChild.textContent = words('download-one');
        return row;
    }
}

/** Without its parameters, and only if it says anything. */
function type(file) {
    return file.type === UNKNOWN_TYPE ? '' : file.type.split(';')[0].trim();
}
