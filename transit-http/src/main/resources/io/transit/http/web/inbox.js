/*
 * A service worker, of the installed page alone: what another program shares comes as a form, which it keeps from the server
 * and hands to the page. Its directory is in no version, so that what was registered once stays in its place.
 */
let shared;

addEventListener('fetch', event => {
    if (event.request.method === 'POST') {
        shared = event.request.formData();
        event.respondWith(Response.redirect('../../?shared', 303));
        event.waitUntil(shared.catch(() => undefined));
    }
});

addEventListener('message', async ({source}) => {
    const taken = shared;
    shared = undefined;
    const form = await taken?.catch(() => undefined);
    const texts = ['title', 'text', 'url'].map(name => form?.get(name)).filter(text => text);
    source.postMessage({files: form?.getAll('file') ?? [], text: texts.join('\n')});
});

addEventListener('install', () => skipWaiting());
