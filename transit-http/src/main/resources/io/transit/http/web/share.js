import {say} from './states.js';
import {words} from './words.js';

const SHOWN_MILLIS = 2_000;

/** Has a button copy the value of a field. */
export function copies(button, field) {
    const label = button.textContent;
    let back;
    button.addEventListener('click', async () => {
        const done = await copy(field);
        button.textContent = words(done ? 'copied' : 'copy-by-hand');
        say(words(done ? 'copied-said' : 'copy-by-hand-said'));
        clearTimeout(back);
        back = setTimeout(() => {
            button.textContent = label;
        }, SHOWN_MILLIS);
    });
}

async function copy(field) {
    try {
        await navigator.clipboard.writeText(field.value);
        return true;
    } catch {
        // There is no clipboard without TLS; but there is the older way.
        field.focus();
        field.select();
        return document.execCommand('copy');
    }
}

/** Has a button hand a link to the system, on systems that take it; on others the button stays hidden. */
export function shares(button, link) {
    button.hidden = !navigator.share;
    button.addEventListener('click', async () => {
        try {
            await navigator.share({url: link()});
        } catch {
            // Whoever was asked to share has thought better of it.
        }
    });
}
