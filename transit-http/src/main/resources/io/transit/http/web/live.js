import {pause} from './pause.js';
import {askStatus} from './status.js';

/*
 * How a transfer stands, as it changes: the server's events, read with fetch. An EventSource would hide what this needs: the
 * status of an answer, and the beats between the events, without which a proxy that keeps events back cannot be told from
 * a transfer of which there is nothing new. It would also begin again behind a final state.
 */

/** The server sends something every 5 s. */
const SILENCE_MILLIS = 12_000;

/** How long the server is asked to wait for a transfer that is not there; shorter than what most proxies allow. */
const WAIT_SECONDS = 25;

/** Where events do not come through, the server is asked: this often, and so many times before events are tried again. */
const ASK_MILLIS = 2_000;
const ASK_TIMES = 30;

/** Something may cut every stream soon. */
const CUT_MILLIS = 500;

/** To ask for what is not there counts as guessing, of which the server allows a few a minute. */
const PAUSES = {unknown: 6_000, unreachable: 3_000};

/** After an end there may be another transfer under the same link. */
const ENDED_MILLIS = 5_000;
const ENDED_MOST_MILLIS = 30_000;

const FINAL = ['completed', 'interrupted'];
const OPEN = ['waiting', 'streaming', 'paused'];
const LIVE = [...OPEN, 'unknown'];

/**
 * Hands on how a transfer stands: now, and whenever that changes. Besides the server's own states there are those of
 * {@link askStatus}, 'unknown' and 'unreachable'.
 *
 * @param url of its status
 * @returns a function that ends it, after which nothing is handed on any more
 */
export function follow(url, seen) {
    const run = {ended: false, last: undefined, abort: new AbortController()};
    run.hand = status => {
        run.last = status.state;
        if (!run.ended) {
            seen(status);
        }
    };
    keepOn(run, url);
    return () => {
        run.ended = true;
        run.abort.abort();
    };
}

async function keepOn(run, url) {
    let asks = 0;
    let rest = ENDED_MILLIS;
    while (!run.ended) {
        run.hand(await askStatus(url));
        const heard = asks === 0 && LIVE.includes(run.last) && !run.ended && (await listen(run, url));
        if (run.ended) {
            return;
        }
        if (FINAL.includes(run.last)) {
            await pause(rest);
            rest = Math.min(2 * rest, ENDED_MOST_MILLIS);
        } else if (!heard) {
            asks = asks > 0 ? asks - 1 : OPEN.includes(run.last) ? ASK_TIMES : 0;
            rest = ENDED_MILLIS;
            await pause(PAUSES[run.last] ?? ASK_MILLIS);
        } else {
            await pause(CUT_MILLIS);
        }
    }
}

/** Hands on the events of one answer. Returns, once that ends or falls silent, whether there were any. */
async function listen(run, url) {
    let heard = false;
    let timer;
    const {signal} = run.abort = new AbortController();
    const alive = millis => {
        clearTimeout(timer);
        timer = setTimeout(() => run.abort.abort(), millis);
    };
    // Nobody answers for what is not there, until it is.
    alive(run.last === 'unknown' ? WAIT_SECONDS * 1_000 + SILENCE_MILLIS : SILENCE_MILLIS);
    try {
        const answer = await fetch(`${url}/events?wait=${WAIT_SECONDS}`, {
            headers: {Accept: 'text/event-stream'},
            cache: 'no-store',
            signal,
        });
        if (!answer.ok || !answer.headers.get('Content-Type')?.startsWith('text/event-stream')) {
            return false;
        }
        for await (const line of lines(answer.body.getReader(), () => alive(SILENCE_MILLIS))) {
            // The event that says that there are no more has none.
            const data = line.startsWith('data:') ? line.slice('data:'.length).trim() : '';
            if (data) {
                heard = true;
                run.hand(JSON.parse(data));
            }
        }
    } catch {
        // The connection broke, or it was silent for too long.
    } finally {
        clearTimeout(timer);
        run.abort.abort();
    }
    return heard;
}

async function* lines(reader, alive) {
    const decoder = new TextDecoder();
    let rest = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        alive();
        const parts = (rest + decoder.decode(piece.value, {stream: true})).split('\n');
        rest = parts.pop();
        yield* parts.map(line => line.replace(/\r$/, ''));
    }
}
