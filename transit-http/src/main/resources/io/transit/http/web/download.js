/**
 * Has the browser download an address. By a request that it can repeat for the rest, if the connection breaks; and in a frame, so
 * that the page stays when there is an error instead of a file.
 *
 * @param refused called if it is an error
 */
export function begin(address, refused) {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.src = address;
    // A file leaves it empty; an error may not be shown in it, so that it is out of reach.
    frame.addEventListener('load', () => frame.contentDocument?.URL !== 'about:blank' && refused());
    document.querySelector('main > iframe')?.remove();
    document.querySelector('main').append(frame);
}
