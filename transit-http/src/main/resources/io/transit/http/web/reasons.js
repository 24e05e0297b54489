/*
 * Why a transfer came to nothing, in words for those on either side of it, and what to do about it.
 */
import {words} from './words.js';

/** By the name of the reason that the server gives: the keys of what happened, and of what to do. */
const TO_SENDER = {
    SENDER_LEFT: ['sender-left', 'keep-open-next'],
    RECEIVER_LEFT: ['receiver-left', 'same-next'],
    SENDER_STALLED: ['sender-stalled', 'again-next'],
    RECEIVER_STALLED: ['receiver-stalled', 'same-next'],
    TRUNCATED: ['truncated', 'again-next'],
    OVERRUN: ['overrun', 'again-next'],
    EXPIRED: ['expired', 'again-next'],
    NODE_LOST: ['node-lost', 'moment-next'],
    STORE_LOST: ['store-lost', 'moment-next'],
    SHUTDOWN: ['shutdown', 'moment-next'],
    UNAVAILABLE: ['unavailable', 'moment-next'],
    CANCELLED: ['receiver-cancelled', 'again-next'],
    TAKEN: ['taken', 'again-next'],
    TOO_LARGE: ['too-large', 'too-large-next'],
};

/** What would fail again. */
const HOPELESS = ['unreadable', 'changed', 'TOO_LARGE'];

/** What the receiver may have of it is worth keeping. */
const KEEPS_LINK = ['RECEIVER_LEFT', 'RECEIVER_STALLED', 'lost'];

const TO_RECEIVER = {
    RECEIVER_LEFT: 'broken-here',
    CANCELLED: 'broken-cancelled',
    RECEIVER_STALLED: 'broken-stalled-here',
    SENDER_LEFT: 'broken-sender-left',
    SENDER_STALLED: 'broken-sender-stalled',
    TRUNCATED: 'broken-changed',
    OVERRUN: 'broken-changed',
};

/** To the sender, of what a Sending gives as the reason of a failure: {what, next, canRetry, keepsLink}. */
export function toSender({cause, reason, message}) {
    const [what, next] = cause === 'told'
        ? TO_SENDER[reason] ?? ['server-says', 'again-next']
        : [cause, cause + '-next'];
    return {
        what: words(what, {words: message}),
        next: words(next),
        canRetry: !HOPELESS.includes(reason ?? cause),
        keepsLink: KEEPS_LINK.includes(reason ?? cause),
    };
}

/** To the receiver, whose download was under way. */
export function toReceiver(reason) {
    return words(TO_RECEIVER[reason] ?? 'broken-server');
}
