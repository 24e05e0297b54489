package io.transit.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, written as in RFC 4632: {@code 10.0.0.0/8}, {@code ::1}.
 *
 * @param address one of them
 * @param bits how many of its bits all of them have
 */
public record AddressRange(InetAddress address, int bits) {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /**
     * Checks the number of bits.
     *
     * @throws IllegalArgumentException if the address has fewer of them
     */
    public AddressRange {
        if (bits < 0 || bits > length(address)) {
            throw new IllegalArgumentException(
                    "an address such as " + address.getHostAddress() + " has no " + bits + " bits");
        }
    }

    /**
     * Reads an address, or one with the number of bits that count. No name is looked up.
     *
     * @param text such as {@code 192.0.2.7} or {@code 2001:db8::/32}
     * @return the range
     * @throws IllegalArgumentException if it is neither
     */
    public static AddressRange of(String text) {
        String[] parts = text.split("/", -1);
        Optional<InetAddress> address = literal(parts[0]);
        boolean isNumber = parts.length == 1
                || (parts.length == 2 && LENGTH.matcher(parts[1]).matches());
        if (address.isEmpty() || !isNumber) {
            throw new IllegalArgumentException("not an address, nor a range of addresses: " + text);
        }
        return new AddressRange(address.get(), parts.length == 1 ? length(address.get()) : Integer.parseInt(parts[1]));
    }

    /** Reads an address that is written in numbers. */
    static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Tells whether an address is one of these.
     *
     * @param other any address
     * @return whether it begins with the same bits, and is of the same kind
     */
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] its = other.getAddress();
        if (ours.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((ours[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int length(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }
}
