/*
 * The sending page: takes a file, shows its link, and then what happens.
 */
import {newId} from './id.js';
import {size, time} from './format.js';
import {Progress} from './progress.js';
import {copies, shares} from './share.js';
import {enter, say, state} from './states.js';
import {guardTab, showInTab} from './tab.js';
import {stayAwake} from './awake.js';
import {takeFiles} from './take.js';
import {toSender} from './reasons.js';
import {speak, words} from './words.js';

const BASE = new URL(document.documentElement.dataset.base, location.href);
const SAY_EACH_PERCENT = 25;

await speak();

const at = Object.fromEntries([...document.querySelectorAll('[id]')].map(element => [element.id, element]));

let file;
let worker;

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
    button.addEventListener('click', () => worker.postMessage('cancel'));
}
at.retry.addEventListener('click', () => offer());
at['other-file'].addEventListener('click', () => choose(''));
at['another-file'].addEventListener('click', () => choose(''));
takeFiles(at.file, took, refused);
// Or a browser that keeps the page, to come back to it, would keep what it offers too, and nothing would be sent.
addEventListener('pagehide', () => {
    if (worker) {
        failed({what: words('left'), next: words('again-next')});
    }
});
at.file.disabled = false;

function took(given) {
    if (worker) {
        refused(words('busy-here'));
        return;
    }
    file = given;
    offer();
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

function offer() {
    const id = newId();
    const link = new URL(id, BASE).href;
    const socket = new URL('send/' + id, BASE);
    socket.protocol = BASE.protocol.replace('http', 'ws');
    const status = new URL('api/transfers/' + id, BASE).href;

    at.notice.textContent = '';
    at.name.textContent = file.name;
    at.size.textContent = size(file.size);
    at.link.value = link;
    at.command.value = `curl -OJ ${link}`;
    at.qr.removeAttribute('src');
    at['qr-figure'].hidden = false;
    at.until.textContent = '';
    hold(true);
    showInTab(words('waiting-tab'));
    enter('waiting', words('waiting-said'));
    at.link.focus();
    at.link.select();

    worker = new Worker(new URL('worker.js', import.meta.url), {type: 'module'});
    worker.onmessage = shown(status);
    // One that could not be loaded has no message to tell.
    worker.onerror = ({message}) => failed(toSender({cause: message ? 'cannot-send' : 'unreachable'}));
    worker.postMessage({file, socket: socket.href, status});
}

/** What is done about each message of the worker. */
function shown(status) {
    let progress;
    let began;
    let said = 0;
    const on = {
        offered({status: {expiresIn}}) {
            at.qr.src = status + '/qr';
            at.until.textContent = expiresIn > 0 ? words('until', {time: clock(expiresIn)}) : '';
        },
        started() {
            began = performance.now();
            progress = new Progress(at.progress, file.size);
            showInTab(words('percent-tab', {percent: 0}), 0);
            enter('sending', words('sending-said'));
        },
        progress({bytes}) {
            const percent = progress.show(bytes) ?? 0;
            showInTab(words('percent-tab', {percent}), percent);
            if (percent >= said + SAY_EACH_PERCENT) {
                said = percent - percent % SAY_EACH_PERCENT;
                say(words('percent-said', {percent: said}));
            }
        },
        delivered() {
            const seconds = (performance.now() - began) / 1000;
            at.summary.textContent = words(seconds >= 1 ? 'summary-rate' : 'summary', {
                size: size(file.size),
                time: time(seconds),
                rate: words('rate', {size: size(Math.round(file.size / seconds))}),
            });
            letGo();
            showInTab(words('delivered-title'));
            enter('delivered', words('delivered-said', {summary: at.summary.textContent}));
        },
        failed({why}) {
            // What cannot be read would fail again.
            failed(toSender(why), why.cause !== 'unreadable');
        },
        cancelled() {
            letGo();
            choose(words('cancelled-said'));
            at.notice.textContent = words('cancelled');
        },
    };
    return ({data}) => on[data.type](data);
}

function failed({what, next}, canRetry = true) {
    letGo();
    at.retry.hidden = !canRetry;
    at.what.textContent = what;
    at.next.textContent = next;
    showInTab(words('failed-title'));
    enter('failed', words('failed-said', {what, next}));
}

/** Not to be left, as long as there is something to lose. */
function hold(on) {
    guardTab(on);
    stayAwake(on);
}

function letGo() {
    at.notice.textContent = '';
    worker.terminate();
    worker = undefined;
    hold(false);
}

function clock(secondsFromNow) {
    return new Date(Date.now() + secondsFromNow * 1000).toLocaleTimeString(navigator.language, {hour: '2-digit', minute: '2-digit'});
}

// For those who look at it from outside: all that listens is in place.
document.documentElement.dataset.ready = state();
