/*
 * Why a transfer came to nothing, in words for those on either side of it, and what to do about it.
 */
import {words} from './words.js';

/** By the beginning of what the server told: the keys of what happened, and of what to do. */
const TOLD = [
    ['Receiver did not connect in time', 'expired', 'again-next'],
    ['Transfer was interrupted by the receiver', 'receiver-stopped', 'stopped-next'],
    ['Transfer ID is already used', 'taken', 'again-next'],
    ['Cannot decode file metadata', 'misunderstood', 'reload-next'],
    ['Invalid file metadata', 'misunderstood', 'reload-next'],
];

/** By the name of the reason for which a transfer was interrupted. */
const TO_SENDER = {
    SENDER_LEFT: ['sender-left', 'keep-open-next'],
    RECEIVER_LEFT: ['receiver-left', 'again-next'],
    SENDER_STALLED: ['sender-stalled', 'again-next'],
    RECEIVER_STALLED: ['receiver-stalled', 'again-next'],
    TRUNCATED: ['truncated', 'again-next'],
    OVERRUN: ['overrun', 'again-next'],
    EXPIRED: ['expired', 'again-next'],
    NODE_LOST: ['node-lost', 'moment-next'],
    STORE_LOST: ['store-lost', 'moment-next'],
    SHUTDOWN: ['shutdown', 'moment-next'],
    CANCELLED: ['receiver-cancelled', 'again-next'],
};

const TO_RECEIVER = {
    RECEIVER_LEFT: 'broken-here',
    CANCELLED: 'broken-here',
    RECEIVER_STALLED: 'broken-stalled-here',
    SENDER_LEFT: 'broken-sender-left',
    SENDER_STALLED: 'broken-sender-stalled',
    TRUNCATED: 'broken-changed',
    OVERRUN: 'broken-changed',
};

/** To the sender, of what socket.js gives as the reason of a failure: {what, next}. */
export function toSender({cause, words: told}) {
    if (cause !== 'told') {
        return {what: words(cause), next: words(cause + '-next')};
    }
    const known = TOLD.find(([beginning]) => told.startsWith(beginning));
    const [what, next] = known?.slice(1) ?? TO_SENDER[reasonIn(told)] ?? ['server-says', 'again-next'];
    return {what: words(what, {words: told}), next: words(next)};
}

/** A reason's name stands in brackets at the end of the server's words. */
function reasonIn(told) {
    return told.match(/\(([A-Z_]+)\)\.?$/)?.[1];
}

/** To the receiver, whose download was under way. */
export function toReceiver(reason) {
    return words(TO_RECEIVER[reason] ?? 'broken-server');
}
