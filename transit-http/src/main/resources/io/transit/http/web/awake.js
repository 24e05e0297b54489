let wanted = false;
let lock;

/** Keeps the screen on while the page is in view, where a browser can: a phone that sleeps sends nothing. */
export function stayAwake(on) {
    wanted = on;
    if (on) {
        request();
    } else {
        lock?.release();
        lock = undefined;
    }
}

async function request() {
    try {
        lock = await navigator.wakeLock?.request('screen');
        if (!wanted) {
            stayAwake(false);
        }
    } catch {
        // The battery is low, or the page is not in view. It goes on without.
    }
}

document.addEventListener('visibilitychange', () => {
    if (wanted && document.visibilityState === 'visible') {
        request();
    }
});
