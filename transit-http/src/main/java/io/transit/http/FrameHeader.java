package io.transit.http;

/**
 * The head of a frame from a client.
 *
 * @param last whether it is the last frame of its message
 * @param opcode what it is
 * @param length of its payload, in bytes
 * @param mask the four bytes that its payload is masked with, the first one highest
 */
record FrameHeader(boolean last, Opcode opcode, long length, int mask) {}
