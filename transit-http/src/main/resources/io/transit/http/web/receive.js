/*
 * The receiving page: the download itself is a form that works without this. Here the page learns what becomes of it, and
 * whether there is anything to be had.
 */
import {forget, isRemembered, remember} from './asked.js';
import {size} from './format.js';
import {Progress} from './progress.js';
import {enter, state} from './states.js';
import {watchStatus} from './status.js';
import {showInTab} from './tab.js';
import {toReceiver} from './reasons.js';
import {speak, words} from './words.js';

const LOOK_MILLIS = 3_000;
const PROGRESS_MILLIS = 500;

/** Asking for a transfer that is not there counts as guessing, of which the server allows a few a minute. */
const ABSENT_MILLIS = 6_000;

const UNKNOWN_TYPE = 'application/octet-stream';

const ID = document.querySelector('main').dataset.id;
const BASE = new URL(document.documentElement.dataset.base, location.href);

await speak();

const at = Object.fromEntries([...document.querySelectorAll('[id]')].map(element => [element.id, element]));

/** Whether it is this page that asked for the file. */
let asked = false;
let progress;
let whole = at.size.value === '' ? undefined : Number(at.size.value);
let end = () => {};

at.form.addEventListener('submit', event => {
    if (asked) {
        // A second click would be a second receiver, and be refused.
        event.preventDefault();
        return;
    }
    asked = true;
    remember(ID);
    enter('starting', words('starting-said'));
    watch();
});

// A page that comes back from the browser's memory, with the back button, may be long out of date.
addEventListener('pageshow', event => {
    if (event.persisted) {
        asked = false;
        watch();
    }
});

watch();

function watch() {
    end();
    end = watchStatus(new URL('api/transfers/' + ID, BASE).href, pauseAfter, status => {
        at.offline.hidden = status.state !== 'unreachable';
        seen(status);
    });
}

function pauseAfter({state: seenState}) {
    if (seenState === 'unknown') {
        return ABSENT_MILLIS;
    }
    return asked ? PROGRESS_MILLIS : LOOK_MILLIS;
}

function seen(status) {
    switch (status.state) {
        case 'unknown':
            absent();
            break;
        case 'waiting':
            waiting(status);
            break;
        case 'streaming':
        case 'paused':
            running(status);
            break;
        case 'completed':
            over(asked ? 'delivered' : 'spent', words(asked ? 'received-said' : 'spent-said'));
            break;
        case 'interrupted':
            interrupted(status);
            break;
        default:
        // There was no answer; perhaps there is one next time.
    }
}

function absent() {
    if (asked) {
        at.reason.textContent = toReceiver();
        over('broken', words('broken-said'));
    } else if (state() !== 'absent') {
        change('gone', words('gone-said'));
    }
}

function waiting({files: [file]}) {
    if (asked) {
        return;
    }
    forget(ID);
    at.name.textContent = file.name;
    whole = file.size ?? undefined;
    at.size.value = whole ?? '';
    at.size.textContent = whole === undefined ? '' : size(whole);
    at.type.textContent = file.type === UNKNOWN_TYPE ? '' : file.type.split(';')[0].trim();
    if (state() === 'absent') {
        // Whoever waited has asked for it.
        at.form.requestSubmit();
    } else {
        change('ready', words('ready-said', file));
    }
}

function running({bytes, state: seenState}) {
    asked ||= isRemembered(ID);
    if (!asked) {
        change('busy', words('busy-said'));
        return;
    }
    progress ??= new Progress(at.progress, whole);
    const percent = progress.show(bytes);
    showInTab(percent === undefined ? words('receiving-tab') : words('percent-tab', {percent}), percent);
    at.paused.hidden = seenState !== 'paused';
    change('receiving', words('receiving-said'));
}

function interrupted({reason}) {
    if (asked) {
        at.reason.textContent = toReceiver(reason);
        over('broken', words('broken-said'));
    } else {
        // Its sender may offer it anew, under the same link.
        change(state() === 'absent' ? 'absent' : 'gone', words('gone-said'));
    }
}

function over(next, said) {
    end();
    asked = false;
    forget(ID);
    showInTab({delivered: words('delivered-title'), broken: words('failed-title')}[next] ?? '');
    change(next, said);
}

function change(next, said) {
    if (state() !== next) {
        enter(next, said);
    }
}
