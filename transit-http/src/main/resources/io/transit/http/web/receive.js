/*
 * The receiving page: the download itself is a form that works without this. Here the page learns what becomes of it, and
 * whether there is anything to be had.
 */
import {forget, remember, remembered, rememberedHad, rememberHad} from './asked.js';
import {begin} from './download.js';
import {Files} from './listing.js';
import {follow} from './live.js';
import {Progress} from './progress.js';
import {copies} from './share.js';
import {toReceiver} from './reasons.js';
import {enter, state} from './states.js';
import {nameTab, showInTab} from './tab.js';
import {speak, words} from './words.js';

/** A browser that has not begun by then was kept from it. */
const BEGINS_MILLIS = 20_000;

/** Why a transfer ends of which the sender is not there any more; else it may well be, but not under this link. */
const OF_SENDER = ['SENDER_LEFT', 'SENDER_STALLED', 'CANCELLED'];

/** Of these nobody has to know at once, if nobody looks at the page. */
const IDLE = ['ready', 'rest', 'busy', 'gone', 'over', 'broken'];

const ID = document.querySelector('main').dataset.id;
const BASE = new URL(document.documentElement.dataset.base, location.href);
const LINK = new URL(ID, BASE).href;

const at = Object.fromEntries([...document.querySelectorAll('[id]')].map(element => [element.id, element]));

/** What this page has asked for: the number of a file, 0 for all there is, undefined for nothing. */
let asked;
let had = new Set();
let progress;
/** The timer, from the click until something comes of it. */
let starting;
let last;
/** Whether bytes were seen to flow since the click, and how far it was before: what stands there may be of another part. */
let flowed = false;
let bytesBefore;
/** Who goes on after a download has stopped may be anybody, or the browser by itself with what this page asked for. */
let unsure = false;
let stopped;
let end = () => {};
let dozing = false;
let isOver = false;

await speak();
const files = new Files(at);
for (const [button, field] of [['copy-command', 'command'], ['copy-continue', 'continue'], ['copy-rest', 'rest-command']]) {
    copies(at[button], at[field]);
}
at.form.addEventListener('submit', event => {
    event.preventDefault();
    ask(Number(event.submitter?.closest('[data-part]')?.dataset.part ?? 0));
});
at.again.addEventListener('click', () => ask(asked ?? 0));
// A page that comes back from the browser's memory, with the back button, may be long out of date.
addEventListener('pageshow', event => event.persisted && resume());
addEventListener('pagehide', doze);
// A browser has few connections for all its tabs of one server.
document.addEventListener('visibilitychange', () => document.hidden ? IDLE.includes(state()) && doze() : resume());
watch();

function doze() {
    dozing = !isOver;
    end();
}

function resume() {
    if (dozing) {
        watch();
    }
}

function watch() {
    end();
    dozing = false;
    asked = remembered(ID);
    had = rememberedHad(ID);
    if (asked !== undefined && state() === 'busy') {
        // By none other than us, as far as the page can know.
        enter('receiving', '');
    }
    end = follow(new URL('api/transfers/' + ID, BASE).href, status => {
        at.offline.hidden = status.state !== 'unreachable';
        if (status.state !== 'unreachable') {
            last = status;
            seen(status);
        }
    });
}

function ask(part) {
    asked = part;
    stopped = undefined;
    flowed = unsure = false;
    bytesBefore = last?.bytes;
    progress = undefined;
    remember(ID, part);
    enter('starting', words('starting-said'));
    begin(address(part), refused);
    clearTimeout(starting);
    starting = setTimeout(() => {
        starting = undefined;
        if (last) {
            seen(last);
        }
    }, BEGINS_MILLIS);
}

/** The server did not give it: somebody else was first, or there is nothing any more. Which it is, the status tells. */
function refused() {
    if (['starting', 'receiving'].includes(state())) {
        begun();
        remember(ID);
        enter('ready', '');
        watch();
    }
}

function begun() {
    clearTimeout(starting);
    starting = undefined;
}

function address(part) {
    const which = part > 0 ? `&file=${part}` : files.areSeveral ? '&format=zip' : '';
    return new URL(at.form.getAttribute('action') + which, BASE).href;
}

function seen(status) {
    if (status.files?.length > 0) {
        files.show(status.files);
        nameTab(files.name);
        at.continue.value = at['rest-command'].value = `curl -C - -o ${quoted(files.areSeveral ? ID + '.zip' : files.name)} ${LINK}`;
    }
    switch (status.state) {
        case 'unknown':
            unknown();
            break;
        case 'waiting':
            waiting();
            break;
        case 'streaming':
            streaming(status);
            break;
        case 'paused':
            paused(status);
            break;
        case 'completed':
            completed();
            break;
        case 'interrupted':
            interrupted(status);
            break;
        default:
        // A newer server's: this page has nothing to say of it.
    }
}

function unknown() {
    if (state() === 'broken') {
        return;
    }
    if (asked !== undefined) {
        broken();
    } else if (state() !== 'absent') {
        change('gone', 'gone-said');
    }
}

function waiting() {
    if (starting) {
        return;
    }
    asked = stopped = undefined;
    had.clear();
    forget(ID);
    if (state() === 'absent') {
        // Whoever waited has asked for it.
        ask(0);
    } else {
        ready();
    }
}

function ready() {
    files.mark(had);
    showInTab('');
    change('ready', 'ready-said', {name: files.name});
}

function streaming({bytes}) {
    asked ??= stopped;
    if (asked === undefined) {
        change('busy', 'busy-said');
        return;
    }
    begun();
    flowed = true;
    show(bytes);
    change('receiving', 'receiving-said');
}

function show(bytes) {
    const {from, to} = files.range(asked);
    progress ??= new Progress(at.progress, to === undefined ? undefined : to - from);
    const percent = progress.show(Math.max(0, bytes - from));
    showInTab(percent === undefined ? words('receiving-tab') : words('percent-tab', {percent}), percent);
    files.mark(had, {part: asked, bytes});
}

/** One of the two is away; whether the receiver is, can be seen by that the offer waits again. */
function paused(status) {
    const waits = status.reason === 'RECEIVER_LEFT' || status.expiresIn !== null;
    if (waits && status.from > 0) {
        rest();
        return;
    }
    if (asked === undefined) {
        if (waits) {
            ready();
        } else {
            change('busy', 'busy-said');
        }
        return;
    }
    if (!waits) {
        show(status.bytes);
        change('paused', 'away-said');
    } else if (!unsure && asked > 0 && status.bytes === files.range(asked).to && (flowed || status.bytes !== bytesBefore)) {
        arrived(asked);
    } else if (!starting) {
        halted(status.bytes);
    }
}

/** The sender goes on where it was: from here there is no beginning to be had. */
function rest() {
    begun();
    asked = progress = undefined;
    showInTab('');
    change('rest', 'rest-said');
}

/** One of several is there, and the others can be had. */
function arrived(part) {
    had.add(part);
    rememberHad(ID, had);
    asked = undefined;
    remember(ID);
    files.mark(had);
    showInTab('');
    change('ready', 'file-had-said', {name: files.nameOf(part)});
}

function halted(bytes) {
    const {from, to} = files.range(asked);
    const percent = to > from ? Math.floor(100 * Math.max(0, bytes - from) / (to - from)) : 0;
    at['halted-what'].textContent = words('halted', {percent});
    progress = undefined;
    unsure = true;
    files.mark(had);
    showInTab(words('halted-tab'));
    change('halted', 'halted-said');
}

function completed() {
    const whole = asked !== undefined && !unsure;
    over(whole ? 'delivered' : 'spent', whole ? 'received-said' : 'spent-said');
    showInTab(whole ? words('delivered-title') : '');
    files.mark(whole ? new Set(Array.from({length: files.count}, (_, i) => i + 1)) : had);
}

function interrupted({reason}) {
    if (asked !== undefined) {
        broken(reason);
    } else if (!['absent', 'broken'].includes(state())) {
        // Its sender may offer it anew, under the same link.
        change(...(OF_SENDER.includes(reason) ? ['gone', 'gone-said'] : ['over', 'over-said']));
    }
}

function broken(reason) {
    // The sender may go on yet, or send it anew.
    begun();
    stopped = asked;
    unsure = true;
    asked = progress = undefined;
    at.reason.textContent = toReceiver(reason);
    forget(ID);
    files.mark(had);
    showInTab(words('failed-title'));
    change('broken', 'broken-said');
}

function over(next, key) {
    end();
    isOver = true;
    asked = undefined;
    change(next, key);
}

function change(next, key, values) {
    if (state() !== next || next === 'ready') {
        enter(next, words(key, values));
    }
}

/** As one word of a command, whichever shell it is for: what one of them could take for more than a name is left out. */
function quoted(name) {
    if (/^[\w.][\w.-]*$/.test(name)) {
        return name;
    }
    return /^[\p{L}\p{N} ._()-]+$/u.test(name) ? `"./${name}"` : ID + (name.match(/\.[A-Za-z0-9]{1,10}$/)?.[0] ?? '');
}
