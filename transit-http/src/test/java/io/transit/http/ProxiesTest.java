package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A33: proxies are believed, and nobody else. */
class ProxiesTest {
    private final Proxies proxies = new Proxies(List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("fd00::/8")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            10.0.0.1    | -                                                      | 10.0.0.1     | false
            192.0.2.1   | X-Forwarded-For: 198.51.100.1                          | 192.0.2.1    | false
            192.0.2.1   | X-Forwarded-Proto: https                               | 192.0.2.1    | false
            10.0.0.1    | X-Forwarded-For: 198.51.100.1                          | 198.51.100.1 | false
            10.0.0.1    | X-Forwarded-Proto: https                               | 10.0.0.1     | true
            10.0.0.1    | X-Forwarded-Proto: HTTPS                               | 10.0.0.1     | true
            10.0.0.1    | X-Forwarded-Proto: https, http                         | 10.0.0.1     | false
            10.0.0.1    | X-Forwarded-For: 1.2.3.4, 198.51.100.1                 | 198.51.100.1 | false
            10.0.0.1    | X-Forwarded-For: 198.51.100.1, 10.9.9.9                | 198.51.100.1 | false
            10.0.0.1    | X-Forwarded-For: 10.1.1.1, 10.9.9.9                    | 10.1.1.1     | false
            10.0.0.1    | X-Forwarded-For: 198.51.100.1; X-Forwarded-For: 2.2.2.2 | 2.2.2.2     | false
            10.0.0.1    | X-Forwarded-For: unknown                               | 10.0.0.1     | false
            10.0.0.1    | X-Forwarded-For: localhost                             | 10.0.0.1     | false
            10.0.0.1    | X-Forwarded-For: 198.51.100.1, rubbish, 10.9.9.9       | 10.9.9.9     | false
            10.0.0.1    | X-Forwarded-For: 198.51.100.1:4711                     | 198.51.100.1 | false
            fd00::1     | X-Forwarded-For: 2001:db8::1                           | 2001:db8::1  | false
            fd00::1     | X-Forwarded-For: [2001:db8::1]:443                     | 2001:db8::1  | false
            10.0.0.1    | Forwarded: for=198.51.100.1;proto=https                | 198.51.100.1 | true
            10.0.0.1    | Forwarded: proto=https;by=10.0.0.1; For="[2001:db8::1]:443" | 2001:db8::1 | true
            10.0.0.1    | Forwarded: for=1.2.3.4, for=198.51.100.1;proto=http    | 198.51.100.1 | false
            10.0.0.1    | Forwarded: for=_hidden                                 | 10.0.0.1     | false
            10.0.0.1    | Forwarded: for=1.2.3.4; X-Forwarded-For: 198.51.100.1  | 198.51.100.1 | false
            192.0.2.1   | Forwarded: for=198.51.100.1;proto=https                | 192.0.2.1    | false
            """)
    void A33_a_client_is_who_a_trusted_proxy_says(String peer, String lines, String client, boolean secure)
            throws Exception {
        var headers = WritableHeaders.create();
        for (String line : lines == null ? new String[0] : lines.split("; (?=X-)", -1)) {
            String[] parts = line.split(": ", 2);
            headers.add(HeaderNames.create(parts[0]), parts[1]);
        }
        assertThat(proxies.clientOf(new Client(InetAddress.getByName(peer), false), headers))
                .isEqualTo(new Client(InetAddress.getByName(client), secure));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "10.0.0.128/25, 10.0.0.129, true",
        "10.0.0.128/25, 10.0.0.127, false",
        "0.0.0.0/0, 192.0.2.1, true",
        "0.0.0.0/0, ::1, false",
        "::1, ::1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void a_range_has_all_addresses_that_begin_alike(String range, String address, boolean contains) throws Exception {
        assertThat(AddressRange.of(range).contains(InetAddress.getByName(address)))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "300.0.0.1",
                "::1/129",
                "/8"
            })
    void what_is_no_range_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of(text));
    }
}
