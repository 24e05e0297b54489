const ASKED = 'asked for ';
const HAD = 'had of ';

/*
 * What this tab has asked for, and which of several files it has: a page that is loaded again while its download goes on
 * would take that for somebody else's. Where a browser keeps nothing, it does.
 */

/** @param part the number of the file, 0 for all there is, or undefined for nothing any more */
export function remember(id, part) {
    keep(ASKED + id, part);
}

export function forget(id) {
    keep(ASKED + id);
    keep(HAD + id);
}

/** The part that was asked for; undefined if none was. */
export function remembered(id) {
    const part = kept(ASKED + id);
    return part === null ? undefined : Number(part);
}

export function rememberHad(id, parts) {
    keep(HAD + id, [...parts].join(' '));
}

/** The numbers of the files that have arrived. */
export function rememberedHad(id) {
    return new Set((kept(HAD + id) ?? '').split(' ').filter(part => part).map(Number));
}

function keep(key, value) {
    try {
        if (value === undefined) {
            sessionStorage.removeItem(key);
        } else {
            sessionStorage.setItem(key, value);
        }
    } catch {
        // It is not allowed to.
    }
}

function kept(key) {
    try {
        return sessionStorage.getItem(key);
    } catch {
        return null;
    }
}
