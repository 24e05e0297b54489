import {language, words} from './words.js';

const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Keeps number and unit on one line. */
const SPACE = '\u00a0';

/** A size for people, in powers of 1000; as the server writes it. */
export function size(bytes) {
    if (bytes < 1000) {
        return words(bytes === 1 ? 'byte' : 'bytes', {count: bytes});
    }
    let value = bytes / 1000;
    let unit = 0;
    while (rounded(value) >= 1000 && unit < UNITS.length - 1) {
        value /= 1000;
        unit++;
    }
    return rounded(value).toLocaleString(language) + SPACE + UNITS[unit];
}

/** One decimal, where it says something. */
function rounded(value) {
    return value < 99.95 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** A time for people, in at most two units. */
export function time(seconds) {
    const whole = Math.round(seconds);
    if (whole < 1) {
        return words('below-a-second');
    }
    const [days, hours, minutes] = [Math.floor(whole / 86400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60];
    const parts = [[days, 'days'], [hours, 'hours'], [minutes, 'minutes'], [whole % 60, 'seconds']];
    const first = parts.findIndex(([count]) => count > 0);
    return parts.slice(first, first + 2)
        .filter(([count]) => count > 0)
        .map(([count, unit]) => words(unit, {count}))
        .join(' ');
}

/** How much of the whole, from 0 to 100 and never 100 before the end; undefined if nobody knows the whole. */
export function percent(part, whole) {
    return whole > 0 ? Math.min(100, Math.floor(100 * part / whole)) : undefined;
}
