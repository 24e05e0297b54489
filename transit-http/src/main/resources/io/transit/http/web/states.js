const MAIN = document.querySelector('main');
const SAID = document.getElementById('said');

/** The state that the page is in. The stylesheet shows what belongs to it: data-in names the states of an element. */
export function state() {
    return MAIN.dataset.state;
}

/** Brings the page into a state; says it, to those who do not see it, and keeps their focus on something. */
export function enter(next, words) {
    MAIN.dataset.state = next;
    say(words);
    if (!document.activeElement || document.activeElement === document.body || !isShown(document.activeElement)) {
        [...MAIN.querySelectorAll('h1')].find(isShown)?.focus();
    }
}

export function say(words) {
    SAID.textContent = words;
}

function isShown(element) {
    return element.getClientRects().length > 0;
}
