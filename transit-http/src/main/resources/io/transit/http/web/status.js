import {pause} from './pause.js';

const PATIENCE_MILLIS = 10_000;

/**
 * Asks the server how a transfer stands. Never fails: where there is no answer, the state is 'unknown' (the server knows
 * of no such transfer) or 'unreachable' (there was no answer that says anything).
 */
export async function askStatus(url) {
    try {
        const answer = await fetch(url, {
            headers: {Accept: 'application/json'},
            cache: 'no-store',
            signal: AbortSignal.timeout(PATIENCE_MILLIS),
        });
        if (answer.ok) {
            return await answer.json();
        }
        return {state: answer.status === 404 ? 'unknown' : 'unreachable'};
    } catch {
        return {state: 'unreachable'};
    }
}

/**
 * Asks again and again, and hands each answer on.
 *
 * @param pauseMillis tells how long to wait after an answer
 * @returns a function that ends it, after which nothing is handed on any more
 */
export function watchStatus(url, pauseMillis, seen) {
    let ended = false;
    (async () => {
        while (!ended) {
            const status = await askStatus(url);
            if (!ended) {
                seen(status);
                await pause(pauseMillis(status));
            }
        }
    })();
    return () => {
        ended = true;
    };
}
