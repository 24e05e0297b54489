package io.transit.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;

/**
 * Reads the text of a {@link TcpTable}, of which there may be megabytes every few seconds: byte by byte, without making
 * strings of it.
 */
final class TcpTableParser {
    private static final int AT_ONCE = 64 * 1024;
    private static final int RETRANSMITTING = 1;

    /** Hexadecimal digits of a number of 32 bits, of which an IPv6 address has four. */
    private static final int WORD_DIGITS = 8;

    // Where the numbers of a row stand, of which each address is one.
    private static final int LOCAL_PORT = 2;
    private static final int REMOTE_ADDRESS = 3;
    private static final int REMOTE_PORT = 4;
    private static final int STATE = 5;
    private static final int UNTAKEN = 6;
    private static final int UNREAD = 7;
    private static final int TIMER = 8;
    private static final int RETRANSMITS = 10;
    private static final int NUMBERS = RETRANSMITS + 1;

    private final TcpTable table;

    /** Of the row: the number that is being read, or comes next. */
    private int index;

    private int digits;
    private int word;
    private final int[] numbers = new int[NUMBERS];
    private final int[] address = new int[4];
    private boolean inHead = true;

    TcpTableParser(TcpTable table) {
        this.table = table;
    }

    void parse(InputStream text) throws IOException {
        byte[] some = new byte[AT_ONCE];
        for (int count = text.read(some); count >= 0; count = text.read(some)) {
            for (int i = 0; i < count; i++) {
                take(some[i]);
            }
        }
    }

    private void take(byte b) {
        if (b == '\n') {
            endRow();
        } else if (!inHead && index < NUMBERS) {
            if (b == ' ' || b == ':') {
                endNumber();
            } else {
                digit(b <= '9' ? b - '0' : b - 'A' + 10);
            }
        }
    }

    private void digit(int value) {
        word = word << 4 | value;
        digits++;
        if (index == REMOTE_ADDRESS && digits % WORD_DIGITS == 0) {
            address[digits / WORD_DIGITS - 1] = word;
        }
    }

    private void endNumber() {
        if (digits > 0) {
            numbers[index] = index == REMOTE_ADDRESS ? digits : word;
            index++;
            digits = 0;
            word = 0;
        }
    }

    private void endRow() {
        if (!inHead && index == NUMBERS) {
            table.add(key(), numbers[STATE], row());
        }
        inHead = false;
        index = 0;
        digits = 0;
        word = 0;
    }

    private TcpTable.Key key() {
        int ports = numbers[LOCAL_PORT] << 16 | numbers[REMOTE_PORT];
        return numbers[REMOTE_ADDRESS] == WORD_DIGITS
                ? new TcpTable.Key(0, TcpTable.MAPPED | inNetworkOrder(0), ports)
                : new TcpTable.Key(
                        inNetworkOrder(0) << 32 | inNetworkOrder(1),
                        inNetworkOrder(2) << 32 | inNetworkOrder(3),
                        ports);
    }

    /** The kernel writes each four bytes of an address as one number of this machine. */
    private long inNetworkOrder(int part) {
        boolean isReversed = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return Integer.toUnsignedLong(isReversed ? Integer.reverseBytes(address[part]) : address[part]);
    }

    private TcpTable.Row row() {
        boolean unheard = numbers[TIMER] == RETRANSMITTING && numbers[RETRANSMITS] > 0;
        return new TcpTable.Row(numbers[UNTAKEN], numbers[UNREAD], unheard);
    }
}
