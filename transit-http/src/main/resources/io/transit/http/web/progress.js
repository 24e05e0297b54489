import {percent, size, time} from './format.js';
import {Speed} from './speed.js';
import {words} from './words.js';

/** The bar, and the line under it: how much has come, how fast, and how long it will take. */
export class Progress {
    #bar;
    #amount;
    #rest;
    #speed = new Speed();
    #whole;

    /**
     * @param whole in bytes, or undefined when that is not known before the end
     * @param from how much was there before
     */
    constructor(root, whole, from = 0) {
        this.#bar = root.querySelector('progress');
        this.#amount = root.querySelector('.amount');
        this.#rest = root.querySelector('.rest');
        this.#whole = whole;
        this.show(from);
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
            this.#amount.textContent = words('amount', {
                part: size(bytes),
                whole: size(this.#whole),
                percent: done,
            });
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
            return words('rate-none');
        }
        const left = (this.#whole - bytes) / rate;
        return words(left > 0 ? 'rate-left' : 'rate', {
            size: size(Math.round(rate)),
            time: left > 0 ? time(Math.max(1, left)) : '',
        });
    }
}
