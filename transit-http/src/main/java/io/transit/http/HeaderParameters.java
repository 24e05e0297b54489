package io.transit.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The parameters of a header's value: {@code form-data; name="a"; filename=b}. */
final class HeaderParameters {
    private final String text;
    private int at;

    private HeaderParameters(String text) {
        this.text = text;
        this.at = text.indexOf(';');
    }

    /**
     * Reads them, whatever they are parameters of. Of two with the same name the first counts.
     *
     * @return their values by their names in lower case
     * @throws BodyException.Malformed if a quotation does not end
     */
    static Map<String, String> of(String value) throws BodyException.Malformed {
        return new HeaderParameters(value).read();
    }

    private Map<String, String> read() throws BodyException.Malformed {
        var parameters = new HashMap<String, String>();
        while (at >= 0 && at < text.length()) {
            at++;
            String name = until("=;").strip().toLowerCase(Locale.ROOT);
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                parameters.putIfAbsent(name, value());
            }
        }
        return parameters;
    }

    private String value() throws BodyException.Malformed {
        skipSpace();
        if (at == text.length() || text.charAt(at) != '"') {
            return until(";").strip();
        }
        String quoted = quoted();
        until(";");
        return quoted;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** A backslash quotes only what needs that, as some programs put paths of Windows there. */
    private String quoted() throws BodyException.Malformed {
        var value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            boolean quotes = c == '\\' && at + 1 < text.length() && "\"\\".indexOf(text.charAt(at + 1)) >= 0;
            value.append(quotes ? text.charAt(++at) : c);
        }
        throw new BodyException.Malformed("a part's header has a quotation that does not end");
    }

    private String until(String ends) {
        int start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }
}
