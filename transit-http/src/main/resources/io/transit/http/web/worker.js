/*
 * Sends one file, beside the page: a browser slows the timers of a page that nobody looks at down to one a minute, but not
 * those of a worker.
 *
 * Takes {file, socket, status}, the latter two as addresses, and then perhaps 'cancel'. Tells, as {type, …}: offered (with
 * the status), started, progress (with the bytes that the receiver has taken), and last delivered, failed (with why) or
 * cancelled.
 */
import {pause} from './pause.js';
import {sendFile} from './socket.js';
import {askStatus, watchStatus} from './status.js';

const PROGRESS_MILLIS = 500;
const KNOWN_MILLIS = 250;
const TRIES = 8;

let cancel = () => {};

onmessage = ({data}) => {
    if (data === 'cancel') {
        cancel();
        end({type: 'cancelled'});
    } else {
        send(data);
    }
};

function send({file, socket, status}) {
    let endWatch = () => {};
    cancel = sendFile(socket, file, {
        offered: () => offered(status),
        started: () => {
            postMessage({type: 'started'});
            endWatch = watchStatus(status, () => PROGRESS_MILLIS, ({bytes}) => {
                if (bytes !== undefined) {
                    postMessage({type: 'progress', bytes});
                }
            });
        },
        delivered: () => {
            endWatch();
            end({type: 'delivered'});
        },
        failed: why => {
            endWatch();
            end({type: 'failed', why});
        },
    });
}

/** The server does not answer an offer; but soon its status is there. */
async function offered(url) {
    for (let i = 0; i < TRIES; i++) {
        await pause(KNOWN_MILLIS << i);
        const status = await askStatus(url);
        if (status.state !== 'unknown' && status.state !== 'unreachable') {
            postMessage({type: 'offered', status});
            return;
        }
    }
}

function end(message) {
    postMessage(message);
    close();
}
