/** Crockford's 32 symbols, in lower case: none of them is mistaken for another when read aloud. */
const SYMBOLS = '0123456789abcdefghjkmnpqrstvwxyz';

/** Makes an id of 80 random bits, as four groups of four symbols. */
export function newId() {
    // 256 is a multiple of 32, so that no symbol is likelier than another.
    const symbols = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => SYMBOLS[byte % SYMBOLS.length]);
    return symbols.join('').match(/.{4}/g).join('-');
}
