/*
 * What went wrong, in plain words, and what to do about it: {what, next}.
 */

const AGAIN = 'Try again: you will get a new link.';
const MOMENT = 'Try again in a moment: you will get a new link.';

/** By the beginning of what the server told. */
const TOLD = [
    ['Receiver did not connect in time', 'Nobody opened the link in time.', AGAIN],
    ['Transfer was interrupted by the receiver', 'The receiver stopped the download.',
        'If that was not meant, try again: you will get a new link.'],
    ['Transfer ID is already used', 'This link is taken already.', AGAIN],
    ['Cannot decode file metadata', 'The server did not understand what this page sent.', 'Reload the page and try again.'],
    ['Invalid file metadata', 'The server did not understand what this page sent.', 'Reload the page and try again.'],
];

/** By the name of the reason for which a transfer was interrupted. */
const REASONS = {
    SENDER_LEFT: ['The sender left before the file was complete.', 'Keep this page open until it says Delivered.'],
    RECEIVER_LEFT: ['The receiver left before it had the whole file.', AGAIN],
    SENDER_STALLED: ['Nothing came from here for too long.', AGAIN],
    RECEIVER_STALLED: ['The receiver took nothing for too long.', AGAIN],
    TRUNCATED: ['The file became shorter while it was sent.', AGAIN],
    OVERRUN: ['The file became longer while it was sent.', AGAIN],
    EXPIRED: ['Nobody opened the link in time.', AGAIN],
    NODE_LOST: ['The server of the receiver is gone.', MOMENT],
    STORE_LOST: ['The servers lost their connection to each other.', MOMENT],
    SHUTDOWN: ['The server is restarting.', MOMENT],
    CANCELLED: ['The receiver cancelled the transfer.', AGAIN],
};

/** To the sender, of what socket.js gives as the reason of a failure. */
export function toSender({cause, words}) {
    switch (cause) {
        case 'unreachable':
            return {
                what: 'The server cannot be reached, or it is not taking files right now.',
                next: 'Check your connection, and try again.',
            };
        case 'unreadable':
            return {
                what: 'The file cannot be read any more.',
                next: 'Was it changed, moved or renamed? Choose it again.',
            };
        case 'told':
            return told(words);
        default:
            return {what: 'The connection to the server was lost.', next: 'Check your connection. ' + AGAIN};
    }
}

function told(words) {
    const known = TOLD.find(([beginning]) => words.startsWith(beginning));
    if (known) {
        return {what: known[1], next: known[2]};
    }
    const [what, next] = REASONS[reasonIn(words)] ?? ['The server says: ' + words, AGAIN];
    return {what, next};
}

/** A reason's name stands in brackets at the end of the server's words. */
function reasonIn(words) {
    return words.match(/\(([A-Z_]+)\)\.?$/)?.[1];
}

/** To the receiver, whose download was under way. */
export function toReceiver(reason) {
    switch (reason) {
        case 'RECEIVER_LEFT':
        case 'CANCELLED':
            return 'The download was stopped, or the connection was lost.';
        case 'RECEIVER_STALLED':
            return 'Your browser took nothing for too long.';
        case 'SENDER_LEFT':
            return 'The sender left, or lost the connection.';
        case 'SENDER_STALLED':
            return 'Nothing came from the sender for too long.';
        case 'TRUNCATED':
        case 'OVERRUN':
            return 'The file changed while it was sent.';
        default:
            return 'The server had to give up the transfer.';
    }
}
