const WINDOW_MILLIS = 6_000;
const SHORTEST_MILLIS = 900;

/** How fast something goes, over the last few seconds. */
export class Speed {
    #samples = [];

    /** Takes note of how far it has come. */
    add(bytes, now = performance.now()) {
        this.#samples.push({bytes, now});
        while (this.#samples.length > 2 && now - this.#samples[0].now > WINDOW_MILLIS) {
            this.#samples.shift();
        }
    }

    /** In bytes a second; undefined while it is too early to say. */
    get perSecond() {
        const [first, last] = [this.#samples[0], this.#samples.at(-1)];
        const millis = last ? last.now - first.now : 0;
        return millis < SHORTEST_MILLIS ? undefined : (last.bytes - first.bytes) * 1000 / millis;
    }
}
