const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({length: 256}, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) {
        rest = rest & 1 ? rest >>> 1 ^ POLYNOMIAL : rest >>> 1;
    }
    return rest;
});

/** The CRC-32C of bytes, as an unsigned number. */
export function crc32c(bytes) {
    let rest = -1;
    for (const byte of bytes) {
        rest = rest >>> 8 ^ TABLE[(rest ^ byte) & 0xff];
    }
    return ~rest >>> 0;
}

const MIB = 1024 * 1024;

/** That of the last whole MiB of a file before an offset, of which there is one from 1 MiB on. */
export async function crc32cBefore(file, offset) {
    const end = offset - offset % MIB;
    return crc32c(new Uint8Array(await file.slice(end - MIB, end).arrayBuffer()));
}
