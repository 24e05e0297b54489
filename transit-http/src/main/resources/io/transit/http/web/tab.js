let title = document.title;
const ICON = document.querySelector('link[rel=icon]');
const PLAIN_ICON = ICON.href;

/** Names the page in the browser's tab by what it is about. */
export function nameTab(name) {
    title = `${name} – transit`;
}

/** Shows in the browser's tab how far it is, or what has happened; or, without a text, nothing in particular. */
export function showInTab(text, percent) {
    document.title = text ? `${text} – ${title}` : title;
    ICON.href = percent === undefined ? PLAIN_ICON : ring(percent);
}

/** A ring that closes as the percentage grows. */
function ring(percent) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke-width="6">
        <circle cx="16" cy="16" r="12" stroke="#9aa4ad" stroke-opacity=".5"/>
        <circle cx="16" cy="16" r="12" stroke="#12899f" pathLength="100" stroke-dasharray="${percent} 100"
            transform="rotate(-90 16 16)"/></svg>`;
    return 'data:image/svg+xml,' + encodeURIComponent(svg);
}

/** Has the browser ask before the page is left, or no longer. */
export function guardTab(on) {
    if (on) {
        addEventListener('beforeunload', ask);
    } else {
        removeEventListener('beforeunload', ask);
    }
}

function ask(event) {
    event.preventDefault();
}
