/*
 * When to try again after a connection was lost: at once, then after ever longer, and whenever the browser says that it is
 * back on the network.
 */

const FIRST_MILLIS = 250;
const MOST_MILLIS = 2_000;

export class Again {
    #tries = 0;
    #since;
    #timer;
    #action;

    constructor() {
        addEventListener('online', () => {
            if (this.#timer !== undefined) {
                this.#run();
            }
        });
    }

    /** For how long it has been tried. */
    get millis() {
        return this.#since === undefined ? 0 : performance.now() - this.#since;
    }

    /**
     * Does something once, later.
     *
     * @param least after how many milliseconds, at least about
     */
    plan(action, least = 0) {
        this.cancel();
        this.#since ??= performance.now();
        const most = this.#tries === 0 ? 0 : Math.min(MOST_MILLIS, FIRST_MILLIS << this.#tries - 1);
        const millis = Math.max(least, most);
        this.#tries = Math.min(this.#tries + 1, 8);
        this.#action = action;
        // Those whom one cut hit all at once do not all come back at once.
        this.#timer = setTimeout(() => this.#run(), millis * (0.5 + Math.random() / 2));
    }

    #run() {
        this.cancel();
        this.#action();
    }

    /** Does it no more. */
    cancel() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
    }

    /** It has worked: the next time begins anew. */
    succeeded() {
        this.cancel();
        this.#tries = 0;
        this.#since = undefined;
    }
}
