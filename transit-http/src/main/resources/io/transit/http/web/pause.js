/** Resolves after a while. */
export function pause(millis) {
    return new Promise(resolve => setTimeout(resolve, millis));
}
