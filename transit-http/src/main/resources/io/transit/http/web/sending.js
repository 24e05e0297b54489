import {Again} from './again.js';
import {crc32cBefore} from './crc32c.js';
import {manifest} from './manifest.js';
import {pieces} from './pieces.js';
import {Socket} from './socket.js';

/** Of a transfer that is over for one of these, what the receiver has of it is not lost: it is offered anew. */
const RENEWABLE = ['NOT_FOUND', 'SENDER_LEFT', 'SENDER_STALLED', 'NODE_LOST', 'STORE_LOST', 'SHUTDOWN', 'UNAVAILABLE'];

/** For how long that is done if nothing comes of it, and how long after it was in vain. */
const RENEW_MILLIS = 120_000;
const RENEW_PAUSE_MILLIS = 500;
const SETTLED_MILLIS = 10_000;

/** For how long an id may still be held by what it was before. */
const TAKEN_MILLIS = 30_000;

/** When a server that cannot be reached is given up. */
const GIVE_UP_MILLIS = 600_000;

const LOOK_MILLIS = 5_000;
const QUIET_MILLIS = 15_000;
const QUIET_WAITING_MILLIS = 60_000;
const ANSWER_MILLIS = 10_000;

/**
 * Sends files, one after the other, over as many connections as it takes.
 *
 * Calls, of what it is given: ready({expiresIn, isNew}) when the server knows of the files, isNew if it did not before, and
 * again each time it has come back; started(offset) when a receiver is there; progress(bytes), of what that has taken;
 * paused({bytes, isCompleted}) when it left with so many, and may come back, or has the file that it came for; lost() when there is no
 * connection; and then, once and last, either
 * delivered({bytes, seconds, sha256}), failed({cause, reason, message}) or, after a cancel, cancelled().
 */
export class Sending {
    #id;
    #files;
    #whole;
    #addresses;
    #on;
    #token;
    #socket;
    #attempt;
    #received = 0;
    #known = false;
    #over = false;
    #renewedAt;
    #takenAt;
    #readyAt;
    #again = new Again();
    #watch;

    /**
     * @param files a list of {file, path}
     * @param addresses {socket, status}
     */
    constructor({id, files, addresses}, on) {
        this.#id = id;
        this.#files = manifest(files);
        this.#whole = files.length === 1 ? files[0].file : new Blob(files.map(({file}) => file));
        this.#addresses = addresses;
        this.#on = on;
        this.#watch = setInterval(() => this.#look(), LOOK_MILLIS);
        addEventListener('offline', () => this.#lose());
        this.#connect();
    }

    // ---- connections

    #connect() {
        const first = this.#token === undefined
            ? {type: 'offer', files: this.#files, seekable: true, receivers: 1, encrypted: false, again: this.#known}
            : {type: 'resume', id: this.#id, token: this.#token, files: this.#files};
        this.#socket = new Socket(this.#addresses.socket, first, message => this.#hear(message), () => this.#closed());
    }

    #closed() {
        if (this.#over) {
            return;
        }
        if (!this.#known) {
            this.#fail({cause: this.#socket.opened ? 'lost' : 'unreachable'});
        } else {
            this.#reconnect();
        }
    }

    /** @param least how long to wait with it, in milliseconds */
    #reconnect(least = 0) {
        this.#settle();
        this.#attempt = undefined;
        if (this.#again.millis > GIVE_UP_MILLIS) {
            this.#fail({cause: 'lost'});
            return;
        }
        this.#on.lost();
        this.#again.plan(() => this.#connect(), least);
    }

    /** There is no connection, though the browser may not have noticed yet. */
    #lose() {
        if (!this.#over && this.#known && this.#socket.opened) {
            this.#socket.drop();
            this.#reconnect();
        }
    }

    /** A connection that is cut far away looks like one on which nothing is said. */
    async #look() {
        const socket = this.#socket;
        if (socket.isConnecting && socket.quietMillis > ANSWER_MILLIS) {
            socket.drop();
            this.#closed();
            return;
        }
        const quiet = this.#attempt ? QUIET_MILLIS : QUIET_WAITING_MILLIS;
        if (!socket.isOpen || socket.quietMillis < quiet) {
            return;
        }
        try {
            await fetch(this.#addresses.status, {cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MILLIS)});
        } catch {
            if (socket === this.#socket && socket.quietMillis > quiet) {
                this.#lose();
            }
        }
    }

    // ---- what the server says

    #hear(message) {
        if (this.#over) {
            return;
        }
        switch (message.type) {
            case 'ready':
                this.#ready(message);
                break;
            case 'go':
                this.#send(message);
                break;
            case 'progress':
                this.#renewedAt = undefined;
                this.#received = message.receivedBytes;
                this.#on.progress(this.#received);
                break;
            case 'paused':
                this.#attempt = undefined;
                // An older server says no more than that.
                this.#on.paused({bytes: message.receivedBytes ?? this.#received, isCompleted: message.completed ?? false});
                break;
            case 'delivered':
                this.#end();
                this.#on.delivered(message);
                break;
            case 'interrupted':
                this.#interrupted(message);
                break;
            default:
            // A later version may say more.
        }
    }

    #ready({token, expiresIn}) {
        this.#again.succeeded();
        this.#known = true;
        this.#readyAt = performance.now();
        const isNew = this.#token === undefined;
        this.#token = token;
        this.#on.ready({expiresIn, isNew});
    }

    #interrupted({reason, message}) {
        this.#settle();
        if (this.#known && (this.#isStillHeld(reason) || this.#renews(reason))) {
            this.#token = undefined;
            this.#socket.drop();
            this.#reconnect(RENEW_PAUSE_MILLIS);
        } else {
            this.#fail({cause: 'told', reason, message});
        }
    }

    /** Whether the id is that of a transfer of ours which is not over yet. */
    #isStillHeld(reason) {
        if (reason !== 'TAKEN') {
            return false;
        }
        this.#takenAt ??= performance.now();
        return performance.now() - this.#takenAt < TAKEN_MILLIS;
    }

    #renews(reason) {
        if (!RENEWABLE.includes(reason)) {
            return false;
        }
        this.#renewedAt ??= performance.now();
        return performance.now() - this.#renewedAt < RENEW_MILLIS;
    }

    /** What went well for a while has nothing to do with what went wrong before it. */
    #settle() {
        if (this.#readyAt !== undefined && performance.now() - this.#readyAt > SETTLED_MILLIS) {
            this.#renewedAt = this.#takenAt = undefined;
        }
        this.#readyAt = undefined;
    }

    // ---- what goes to the receiver

    async #send({attempt, offset, crc32c}) {
        const mine = this.#attempt = {attempt};
        this.#received = offset;
        const socket = this.#socket;
        const isOver = () => this.#attempt !== mine || !socket.isOpen;
        try {
            if (crc32c !== undefined && await crc32cBefore(this.#whole, offset) !== crc32c) {
                this.#giveUp('changed');
                return;
            }
            if (isOver()) {
                return;
            }
            socket.say({type: 'start', attempt, offset});
            this.#on.started(offset);
            for await (const piece of pieces(this.#whole, offset)) {
                await socket.room();
                if (isOver()) {
                    return;
                }
                socket.sendPiece(piece);
            }
            socket.say({type: 'done', totalBytes: this.#whole.size});
        } catch {
            if (!isOver()) {
                this.#giveUp('unreadable');
            }
        }
    }

    // ---- the end

    #giveUp(cause) {
        this.#socket.say({type: 'cancel', reason: `the file is ${cause}`});
        this.#fail({cause});
    }

    #fail(why) {
        this.#end();
        this.#on.failed(why);
    }

    #end() {
        this.#over = true;
        this.#attempt = undefined;
        this.#again.cancel();
        clearInterval(this.#watch);
    }

    /** Calls it off. */
    cancel() {
        if (this.#over) {
            return;
        }
        this.#end();
        const cancel = {type: 'cancel', reason: 'the sender cancelled'};
        const done = () => this.#on.cancelled();
        if (this.#socket.isOpen && !this.#socket.isBusy) {
            this.#socket.say(cancel);
            done();
        } else if (this.#token === undefined) {
            this.#socket.drop();
            done();
        } else {
            // What lies in the browser would have to go first; so it is said over a connection of its own.
            this.#socket.drop();
            const first = {type: 'resume', id: this.#id, token: this.#token, files: this.#files};
            const last = new Socket(this.#addresses.socket, first, () => last.say(cancel), done);
        }
    }
}
