package io.transit.core;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The name in the link. Who has it may receive, so one that nobody chose must be unguessable.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 -}
 */
public record TransferId(String value) {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** Crockford's 32 symbols, in lower case: none of them is mistaken for another when read aloud. */
    private static final String SYMBOLS = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int GROUPS = 4;
    private static final int GROUP_LENGTH = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Takes an id that somebody chose.
     *
     * @throws TransferException.Rejected if the value is not of the form above
     */
    public TransferId {
        if (!VALID.matcher(value).matches()) {
            throw new TransferException.Rejected("id", "an id is 1 to 64 letters (A-Z, a-z), digits or hyphens");
        }
    }

    /**
     * Makes an id of 80 random bits, as four groups of four symbols. Does not block once the system's entropy is up.
     *
     * @return the id, such as {@code bk7q-x2mn-4hta-9wrd}
     */
    public static TransferId random() {
        var text = new StringBuilder(GROUPS * (GROUP_LENGTH + 1));
        for (int i = 0; i < GROUPS * GROUP_LENGTH; i++) {
            if (i > 0 && i % GROUP_LENGTH == 0) {
                text.append('-');
            }
            text.append(SYMBOLS.charAt(RANDOM.nextInt(SYMBOLS.length())));
        }
        return new TransferId(text.toString());
    }

    /**
     * Shortens this id for a log: enough to tell transfers apart, too little to receive with.
     *
     * @return the first four characters and an ellipsis, or only the ellipsis when the id has no more than eight
     */
    public String shortened() {
        return value.length() > 8 ? value.substring(0, 4) + "…" : "…";
    }

    @Override
    public String toString() {
        return value;
    }
}
