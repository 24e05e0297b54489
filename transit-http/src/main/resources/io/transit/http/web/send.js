/*
 * The sending page: takes files, shows their link, and then what happens.
 */
import {stayAwake} from './awake.js';
import {showFiles, sizeOf} from './files.js';
import {size, time} from './format.js';
import {newId} from './id.js';
import {fits} from './manifest.js';
import {Progress} from './progress.js';
import {toSender} from './reasons.js';
import {Received} from './received.js';
import {copies, shares} from './share.js';
import {takeShared} from './shared.js';
import {enter, say, state} from './states.js';
import {guardTab, showInTab} from './tab.js';
import {asFile, takeFiles, withPath} from './take.js';
import {language, speak, words} from './words.js';

const BASE = new URL(document.documentElement.dataset.base, location.href);
const SAY_EACH_PERCENT = 25;
const TICK_MILLIS = 1_000;

/** Who takes one file after the other is not away in between. */
const NEXT_FILE_MILLIS = 2_000;

await speak();

const at = Object.fromEntries([...document.querySelectorAll('[id]')].map(element => [element.id, element]));

/** What is sent, or was last; each a {file, path}. */
let files = [];
let id;
let worker;
let ticking;
/** The timer, from the end of one file until the next is asked for. */
let between;

at.usage.value = `curl -T film.mkv ${BASE}`;
copies(at['copy-link'], at.link);
copies(at['copy-command'], at.command);
copies(at['copy-usage'], at.usage);
shares(at.share, () => at.link.value);
at.link.addEventListener('focus', () => at.link.select());
at.qr.addEventListener('error', () => {
    at['qr-figure'].hidden = true;
});
for (const button of document.querySelectorAll('.cancel')) {
    button.addEventListener('click', cancel);
}
at.retry.addEventListener('click', () => offer());
at.renew.addEventListener('click', () => offer());
for (const button of [at.other, at['expired-other'], at.another, at['write-back']]) {
    button.addEventListener('click', () => choose(''));
}
at.write.addEventListener('click', () => {
    at.notice.textContent = '';
    enter('write', '');
    at.text.focus();
});
at['send-text'].addEventListener('click', () => {
    if (at.text.value) {
        took([asFile(at.text.value)]);
    } else {
        at.text.focus();
    }
});
takeFiles([at.file, at.folder], took);
takeShared(BASE, (shared, text) => took(shared.length > 0 || !text ? shared.map(withPath) : [asFile(text)]));
// Or a browser that keeps the page, to come back to it, would keep what it offers too, and nothing would be sent.
addEventListener('pagehide', () => {
    if (worker) {
        failed({cause: 'left'});
    }
});
at.file.disabled = at.folder.disabled = false;
at['folder-way'].hidden = !('webkitdirectory' in at.folder);

function took(given) {
    if (worker) {
        refused(words('busy-here'));
    } else if (given.length === 0) {
        refused(words('no-files'));
    } else if (!fits(given)) {
        refused(words('too-many-files'));
    } else {
        files = given;
        id = undefined;
        offer();
    }
}

function refused(why) {
    if (!worker) {
        choose('');
    }
    // Said anew, even if it is what was said last.
    at.notice.textContent = '';
    at.notice.textContent = why;
}

function choose(said) {
    showInTab('');
    enter('choose', said);
}

/** Offers the files, under the link that they had if that is to be kept. */
function offer() {
    id ??= newId();
    const link = new URL(id, BASE).href;
    const socket = new URL('send/' + id, BASE);
    socket.protocol = BASE.protocol.replace('http', 'ws');
    const status = new URL('api/transfers/' + id, BASE).href;

    at.notice.textContent = '';
    at.trouble.hidden = true;
    showFiles(at, files);
    at.link.value = link;
    at.command.value = `curl -OJ ${link}`;
    at.qr.removeAttribute('src');
    at['qr-figure'].hidden = false;
    at.until.textContent = '';
    hold(true);
    waits();
    at.link.focus();
    at.link.select();
    at.link.scrollLeft = 0;

    const mine = worker = new Worker(new URL('worker.js', import.meta.url), {type: 'module'});
    const on = shown(status);
    worker.onmessage = ({data: {type, told}}) => {
        if (mine === worker) {
            on[type]?.(told);
        } else if (type === 'cancelled') {
            mine.terminate();
        }
    };
    // One that could not be loaded has no message to tell.
    worker.onerror = ({message}) => failed({cause: message ? 'cannot-send' : 'unreachable'});
    worker.postMessage({id, files, addresses: {socket: socket.href, status}});
}

function waits() {
    showInTab(words('waiting-tab'));
    enter('waiting', words('waiting-said'));
}

/** What is done about each message of the worker. */
function shown(status) {
    const whole = sizeOf(files);
    const received = new Received(files);
    let isKnown = false;
    let progress;
    let taken = 0;
    let began;
    let said = 0;
    let inTab = () => showInTab(words('waiting-tab'));

    /** Also what the tab is to show again after a trouble. */
    function tab(text, percent) {
        inTab = () => showInTab(text, percent);
        inTab();
    }

    /** The receiver has some of the files, and may come for the others. */
    function partly() {
        at.partly.textContent = words('partly-title', {had: received.count, count: files.length});
        tab(words('paused-tab'));
        enter('partly', at.partly.textContent);
    }

    // The server is silent while nothing moves, and the rate is what it is all the same.
    ticking = setInterval(() => {
        if (state() === 'sending' && at.trouble.hidden) {
            progress.show(taken);
        }
    }, TICK_MILLIS);

    return {
        ready({expiresIn, isNew}) {
            at.trouble.hidden = true;
            inTab();
            if (isNew) {
                at.qr.src = status + '/qr';
                at.until.textContent = expiresIn > 0 ? words('until', {time: clock(expiresIn)}) : '';
            }
            if (isNew && isKnown) {
                clearTimeout(between);
                at.notice.textContent = words('offered-anew');
                tab(words('waiting-tab'));
                waits();
            }
            isKnown = true;
        },
        started(offset) {
            began ??= performance.now();
            at.notice.textContent = '';
            clearTimeout(between);
            received.begin(offset);
            progress = new Progress(at.progress, whole, received.bytes(offset));
            this.progress(offset);
            enter('sending', words('sending-said'));
        },
        progress(upTo) {
            taken = received.bytes(upTo);
            const percent = progress.show(taken) ?? 0;
            tab(words('percent-tab', {percent}), percent);
            if (percent >= said + SAY_EACH_PERCENT) {
                said = percent - percent % SAY_EACH_PERCENT;
                say(words('percent-said', {percent: said}));
            }
        },
        paused({bytes, isCompleted}) {
            if (received.end(bytes, isCompleted)) {
                this.progress(bytes);
                clearTimeout(between);
                between = setTimeout(partly, NEXT_FILE_MILLIS);
            } else {
                tab(words('paused-tab'));
                enter('paused', words('paused-said'));
            }
        },
        lost() {
            if (at.trouble.hidden) {
                at.trouble.hidden = false;
                showInTab(words('reconnecting-tab'));
                say(words('reconnecting'));
            }
        },
        delivered({seconds, sha256}) {
            delivered(whole, seconds ?? (performance.now() - began) / 1000, sha256);
        },
        failed,
    };
}

function delivered(bytes, seconds, sha256) {
    at.summary.textContent = words(seconds >= 1 ? 'summary-rate' : 'summary', {
        size: size(bytes),
        time: time(seconds),
        rate: words('rate', {size: size(Math.round(bytes / seconds))}),
    });
    at.digest.hidden = !sha256;
    at.sha256.textContent = sha256 ?? '';
    at.text.value = '';
    letGo();
    showInTab(words('delivered-title'));
    enter('delivered', words('delivered-said', {summary: at.summary.textContent}));
}

function failed(why) {
    letGo();
    const {what, next, canRetry, keepsLink} = toSender(why);
    if (!keepsLink) {
        id = undefined;
    }
    if (why.reason === 'EXPIRED') {
        showInTab(words('expired-title'));
        enter('expired', words('expired-title'));
        return;
    }
    at.retry.hidden = !canRetry;
    at.what.textContent = what;
    at.next.textContent = next;
    showInTab(words('failed-title'));
    enter('failed', words('failed-said', {what, next}));
}

/** It says so to the server yet, after which it ends. */
function cancel() {
    worker.postMessage('cancel');
    const last = worker;
    worker = undefined;
    last.onerror = null;
    letGo();
    choose(words('cancelled-said'));
    at.notice.textContent = words('cancelled');
}

/** Not to be left, as long as there is something to lose. */
function hold(on) {
    guardTab(on);
    stayAwake(on);
}

function letGo() {
    at.notice.textContent = '';
    at.trouble.hidden = true;
    clearInterval(ticking);
    clearTimeout(between);
    worker?.terminate();
    worker = undefined;
    hold(false);
}

function clock(secondsFromNow) {
    const time = new Date(Date.now() + secondsFromNow * 1000);
    return time.toLocaleTimeString(navigator.languages.find(tag => tag.startsWith(language)) ?? language, {hour: '2-digit', minute: '2-digit'});
}

// For those who look at it from outside: all that listens is in place.
document.documentElement.dataset.ready = state();
