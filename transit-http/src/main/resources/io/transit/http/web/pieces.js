export const PIECE = 256 * 1024;

/** Reads a file piece by piece, one ahead of the one in use; never are there more than two in memory. */
export async function* pieces(file, from = 0) {
    let next = read(file, from);
    for (let at = from + PIECE; at - PIECE < file.size; at += PIECE) {
        const piece = await next;
        next = at < file.size ? read(file, at) : undefined;
        yield piece;
    }
}

function read(file, from) {
    const piece = file.slice(from, from + PIECE).arrayBuffer();
    // It may fail before anybody waits for it. Who does will hear of it.
    piece.catch(() => {});
    return piece;
}
