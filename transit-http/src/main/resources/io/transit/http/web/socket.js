import {PIECE} from './pieces.js';
import {pause} from './pause.js';

const PROTOCOL = 'transit.v2';

/** How much may lie in the browser, written but not sent. */
const MOST_BUFFERED = 4 * 1024 * 1024;

/** A socket does not tell when it has room again, so it is asked; rarely enough to cost nothing, often enough to stay busy. */
const LOOK_AGAIN_MILLIS = 5;

/** Of a close that is no farewell: whoever closes so comes back. */
const BACK_SOON = 4000;

/** One connection that speaks dialect 2 of docs/protocol.md. */
export class Socket {
    #socket;
    #heardAt = performance.now();

    /** Whether it ever was open. */
    opened = false;

    /**
     * @param first what is said first
     * @param heard is given each message of the server
     * @param closed is called once it is closed, or could not be opened
     */
    constructor(url, first, heard, closed) {
        this.#socket = new WebSocket(url, PROTOCOL);
        this.#socket.onopen = () => {
            this.opened = true;
            this.say(first);
        };
        this.#socket.onmessage = ({data}) => {
            this.#heardAt = performance.now();
            heard(JSON.parse(data));
        };
        this.#socket.onclose = ({code}) => closed(code);
    }

    get isOpen() {
        return this.#socket.readyState === WebSocket.OPEN;
    }

    get isConnecting() {
        return this.#socket.readyState === WebSocket.CONNECTING;
    }

    /** Whether something that was sent still lies in the browser. */
    get isBusy() {
        return this.#socket.bufferedAmount > 0;
    }

    /** For how long nothing has been heard. */
    get quietMillis() {
        return performance.now() - this.#heardAt;
    }

    say(message) {
        if (this.isOpen) {
            this.#socket.send(JSON.stringify(message));
        }
    }

    sendPiece(bytes) {
        this.#socket.send(bytes);
    }

    /** Waits until there is room for another piece, or it is closed. */
    async room() {
        while (this.isOpen && this.#socket.bufferedAmount > MOST_BUFFERED - PIECE) {
            await pause(LOOK_AGAIN_MILLIS);
        }
    }

    /** Gives it up: nothing is heard of it any more. */
    drop() {
        this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
        this.#socket.close(BACK_SOON);
    }
}
