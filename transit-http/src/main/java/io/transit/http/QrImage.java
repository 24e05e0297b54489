package io.transit.http;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Optional;

/** A QR code (ISO/IEC 18004), as it is drawn: with the light border that a scanner needs to find it, on any background. */
record QrImage(QrCode code) {
    /** In modules, on each side; what the standard asks for. */
    private static final int QUIET_ZONE = 4;

    /** White and black, those that no terminal's theme changes: what is light has to be lighter than what is dark. */
    private static final String WHITE_INK = "\u001b[38;5;231m";

    private static final String ON_WHITE = "\u001b[48;5;231m";
    private static final String ON_BLACK = "\u001b[48;5;16m";
    private static final String NO_COLOURS = "\u001b[0m";
    private static final char FULL = '\u2588';

    /** Returns the code of a text; or empty if it is longer than any code can be. */
    static Optional<QrImage> of(String text) {
        try {
            // The more is corrected, the finer it gets; on a screen nothing gets scratched.
            return Optional.of(new QrImage(QrCode.encodeText(text, QrCode.Ecc.LOW)));
        } catch (DataTooLongException e) {
            return Optional.empty();
        }
    }

    /** For browsers. One unit is one module, so that it is sharp in any size. */
    String svg() {
        var dark = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (isLight(x, y)) {
                    continue;
                }
                int start = x;
                while (!isLight(x + 1, y)) {
                    x++;
                }
                int length = x + 1 - start;
                dark.append("M%d %dh%dv1h-%dz".formatted(start + QUIET_ZONE, y + QUIET_ZONE, length, length));
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">
                <rect width="%1$d" height="%1$d" fill="#fff"/>
                <path d="%2$s"/>
                </svg>
                """.formatted(code.size + 2 * QUIET_ZONE, dark);
    }

    /**
     * For terminals: lines of half blocks, each of which is one module wide and two high. What is light is drawn, and what is
     * dark left out, so that it is right on a dark background even where the colours are not understood.
     */
    String text() {
        var lines = new StringBuilder();
        int end = code.size + QUIET_ZONE;
        for (int y = -QUIET_ZONE; y < end; y += 2) {
            lines.append(WHITE_INK);
            String ground = "";
            for (int x = -QUIET_ZONE; x < end; x++) {
                char block = block(isLight(x, y), isLight(x, y + 1));
                // Not every terminal fills a cell with its block: the dark would show between the light.
                String wanted = block == FULL ? ON_WHITE : ON_BLACK;
                lines.append(wanted.equals(ground) ? "" : wanted).append(block);
                ground = wanted;
            }
            lines.append(NO_COLOURS).append('\n');
        }
        return lines.toString();
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) {
            return lower ? FULL : '\u2580';
        }
        return lower ? '\u2584' : ' ';
    }

    /** What is outside is light. */
    private boolean isLight(int x, int y) {
        return !code.getModule(x, y);
    }
}
