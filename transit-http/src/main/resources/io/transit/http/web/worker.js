/*
 * Sends files, beside the page: a browser slows the timers of a page that nobody looks at down to one a minute, but not
 * those of a worker.
 *
 * Takes what a Sending takes, and then perhaps 'cancel'. Tells what that tells, as {type, told}.
 */
import {Sending} from './sending.js';

const TELLS = ['ready', 'started', 'progress', 'paused', 'lost', 'delivered', 'failed', 'cancelled'];

let sending;

onmessage = ({data}) => {
    if (data === 'cancel') {
        sending.cancel();
    } else {
        sending = new Sending(data, Object.fromEntries(TELLS.map(type => [type, told => postMessage({type, told})])));
    }
};
