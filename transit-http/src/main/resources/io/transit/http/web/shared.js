/*
 * What another program shares with this page, where that is installed, and can be shared with.
 */
const INBOX = 'assets/shared/';
const MARK = '?shared';

/** Calls took(files, text) with what was shared, if the page was opened by that. */
export async function takeShared(base, took) {
    const workers = navigator.serviceWorker;
    if (!workers) {
        return;
    }
    const inbox = new URL(INBOX, base);
    const register = () => workers.register(new URL('inbox.js', inbox)).catch(() => {});
    addEventListener('appinstalled', register);
    if (!matchMedia('(display-mode: browser)').matches) {
        register();
    }
    if (location.search === MARK) {
        // Not once more, when the page is loaded again.
        history.replaceState(null, '', base);
        workers.onmessage = ({data: {files, text}}) => took(files, text);
        (await workers.getRegistration(inbox))?.active?.postMessage('');
    }
}
