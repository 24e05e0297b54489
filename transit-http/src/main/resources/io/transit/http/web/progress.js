import {percent, size, time} from './format.js';
import {Speed} from './speed.js';

/** The bar, and the line under it: how much has come, how fast, and how long it will take. */
export class Progress {
    #bar;
    #amount;
    #rest;
    #speed = new Speed();
    #whole;

    /** @param whole in bytes, or undefined when that is not known before the end */
    constructor(root, whole) {
        this.#bar = root.querySelector('progress');
        this.#amount = root.querySelector('.amount');
        this.#rest = root.querySelector('.rest');
        this.#whole = whole;
        this.show(0);
    }

    /** Shows that so many bytes have come. Returns the percentage, or undefined if nobody knows it. */
    show(bytes) {
        this.#speed.add(bytes);
        const done = percent(bytes, this.#whole);
        if (done === undefined) {
            this.#bar.removeAttribute('value');
            this.#amount.textContent = size(bytes);
        } else {
            this.#bar.max = this.#whole;
            this.#bar.value = bytes;
            this.#amount.textContent = `${size(bytes)} of ${size(this.#whole)} · ${done}\u00a0%`;
        }
        this.#rest.textContent = this.#restText(bytes);
        return done;
    }

    #restText(bytes) {
        const rate = this.#speed.perSecond;
        if (rate === undefined) {
            return '';
        }
        if (rate === 0) {
            return 'No byte has moved for a while';
        }
        const left = (this.#whole - bytes) / rate;
        return `${size(Math.round(rate))}/s` + (left > 0 ? ` · ${time(Math.max(1, left))} left` : '');
    }
}
