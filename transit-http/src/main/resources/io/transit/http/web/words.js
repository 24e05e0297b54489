/*
 * All that the pages say is in words/, a file for each language. The pages themselves have the English of it, so that they
 * can be read without this.
 */
import english from './words/en.js';

const TRANSLATED = ['de', 'fr'];
const EMPHASIS = /\*(.+?)\*/;

let spoken = english;

/** The language that the page is in. */
export let language = 'en';

/** What is said under a key, with its places in curly brackets filled. */
export function words(key, values = {}) {
    return (spoken[key] ?? english[key]).replace(/\{(\w+)}/g, (_, place) => values[place]);
}

/** Puts the page into the language that its address asks for (?lang=), or its reader's browser, as far as there is a translation. */
export async function speak() {
    const asked = [new URLSearchParams(location.search).get('lang'), ...navigator.languages]
        .map(tag => tag?.split('-')[0].toLowerCase())
        .find(tag => tag === 'en' || TRANSLATED.includes(tag));
    if (!TRANSLATED.includes(asked)) {
        return;
    }
    try {
        spoken = (await import(`./words/${asked}.js`)).default;
    } catch {
        // It stays what it was, which most can read.
        return;
    }
    language = asked;
    document.documentElement.lang = asked;
    for (const element of document.querySelectorAll('[data-words]')) {
        element.replaceChildren(...emphasised(words(element.dataset.words)));
    }
    for (const element of document.querySelectorAll('[data-label]')) {
        element.setAttribute(element.matches('img') ? 'alt' : 'aria-label', words(element.dataset.label));
    }
}

/** Between two asterisks is what matters most. */
function emphasised(text) {
    return text.split(EMPHASIS).map((part, i) => {
        if (i % 2 === 0) {
            return part;
        }
        const em = document.createElement('em');
        em.textContent = part;
        return em;
    });
}
