/** What receivers have of files that are sent as one stream of bytes: they may take them one by one, in whatever order. */
export class Received {
    #files;
    #had = new Set();
    /** All is there from the first byte to this one. */
    #whole = 0;
    /** Where the file begins in which the receiver began. */
    #from = 0;

    constructor(files) {
        let end = 0;
        this.#files = files.map(({file: {size}}) => ({from: end, to: end += size}));
    }

    /** How many files were taken one by one. */
    get count() {
        return this.#had.size;
    }

    /** A receiver comes for what is behind a byte; if that is not the first of a file, it has what is before it in that. */
    begin(offset) {
        const within = this.#files.find(({from, to}) => from <= offset && offset < to);
        this.#from = within?.from ?? offset;
        this.#whole = Math.min(this.#whole, this.#from);
    }

    /** How many bytes there are, when that receiver has all up to this one. */
    bytes(upTo) {
        const whole = this.#wholeWith(upTo);
        const start = Math.max(this.#from, whole);
        const shared = (a, b) => Math.max(0, b - a);
        return this.#files.reduce((sum, {from, to}, i) => sum + (this.#had.has(i) ? to - from
            : shared(from, Math.min(to, whole)) + shared(Math.max(from, start), Math.min(to, upTo))), 0);
    }

    /**
     * That receiver is gone, and has all up to this byte; and, if it has completed, all that it came for. Returns whether that is one
     * file of several. One without bytes is known by that alone: who leaves at once where it lies has not taken it.
     */
    end(upTo, isCompleted) {
        this.#whole = this.#wholeWith(upTo);
        const taken = [...this.#files.keys()].filter(i => this.#files[i].from === this.#from && this.#files[i].to === upTo);
        if (taken.length === 0 || this.#files.length === 1 || (this.#from === upTo && !isCompleted)) {
            return false;
        }
        // Of empty files, which nothing tells apart, one after the other.
        this.#had.add(taken.find(i => !this.#had.has(i)) ?? taken[0]);
        return true;
    }

    #wholeWith(upTo) {
        return this.#from === this.#whole ? Math.max(upTo, this.#whole) : this.#whole;
    }
}
