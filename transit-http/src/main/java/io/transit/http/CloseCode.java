package io.transit.http;

/** Why a WebSocket is closed (RFC 6455 section 7.4.1): those of the codes that this server gives. */
enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    WRONG_TYPE(1003),
    NOT_UTF8(1007),
    REFUSED(1008),
    TOO_BIG(1009),
    FAILED(1011),
    RESTARTING(1012);

    private final int number;

    CloseCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Whether an endpoint may send that code: the others are reserved, or stand for frames that never came. */
    static boolean maySend(int number) {
        return (number >= 1000 && number <= 1003) || (number >= 1007 && number <= 1014) || isRegistered(number);
    }

    /** Of libraries and applications. */
    private static boolean isRegistered(int number) {
        return number >= 3000 && number <= 4999;
    }
}
