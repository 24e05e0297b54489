const KEY = 'asked for ';

/*
 * Which files this tab has asked for: a page that is loaded again while its download goes on would take that for somebody
 * else's. Where a browser keeps nothing, it does.
 */

export function remember(id) {
    try {
        sessionStorage.setItem(KEY + id, '');
    } catch {
        // It is not allowed to.
    }
}

export function forget(id) {
    try {
        sessionStorage.removeItem(KEY + id);
    } catch {
        // There is nothing to forget.
    }
}

export function isRemembered(id) {
    try {
        return sessionStorage.getItem(KEY + id) !== null;
    } catch {
        return false;
    }
}
