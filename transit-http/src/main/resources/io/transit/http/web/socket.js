import {PIECE, pieces} from './pieces.js';
import {pause} from './pause.js';

const GO = 'Go for file chunks';
const ERROR = 'Error: ';

/** How much may lie in the browser, written but not sent. */
const MOST_BUFFERED = 4 * 1024 * 1024;

/** A socket does not tell when it has room again, so it is asked; rarely enough to cost nothing, often enough to stay busy. */
const LOOK_AGAIN_MILLIS = 5;

/**
 * Sends a file over a WebSocket: dialect 1 in docs/protocol.md.
 *
 * Calls, of what it is given, offered() when the server knows of the file, started() when the receiver is there, and then
 * either delivered() or failed(why), once and last. Of why, cause is 'unreachable', 'lost', 'unreadable' or 'told', and
 * words is what the server told.
 *
 * @returns a function that calls it off, after which nothing is called any more
 */
export function sendFile(url, file, on) {
    const socket = new WebSocket(url);
    let cause = 'unreachable';
    let words = '';
    let wholeSent = false;

    socket.onopen = () => {
        cause = 'lost';
        socket.send(JSON.stringify({
            file_name: file.name,
            file_size: file.size,
            file_type: file.type || 'application/octet-stream',
        }));
        on.offered();
    };

    socket.onmessage = ({data}) => {
        if (data === GO) {
            on.started();
            stream();
        } else if (typeof data === 'string' && data.startsWith(ERROR)) {
            cause = 'told';
            words = data.slice(ERROR.length);
        }
    };

    socket.onclose = ({code, reason}) => {
        if (code === 1000 && wholeSent && cause === 'lost') {
            on.delivered();
        } else if (cause === 'lost' && reason) {
            on.failed({cause: 'told', words: reason.replace(ERROR, '')});
        } else {
            on.failed({cause, words});
        }
    };

    async function stream() {
        try {
            for await (const piece of pieces(file)) {
                await room();
                if (!isOpen()) {
                    return;
                }
                socket.send(piece);
            }
        } catch {
            cause = 'unreadable';
            socket.close();
            return;
        }
        if (file.size === 0) {
            socket.send(new ArrayBuffer(0));
        }
        wholeSent = true;
    }

    async function room() {
        while (isOpen() && socket.bufferedAmount > MOST_BUFFERED - PIECE) {
            await pause(LOOK_AGAIN_MILLIS);
        }
    }

    function isOpen() {
        return socket.readyState === WebSocket.OPEN;
    }

    return () => {
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
    };
}
