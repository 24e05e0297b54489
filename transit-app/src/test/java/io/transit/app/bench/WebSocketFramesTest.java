package io.transit.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketFramesTest {
    @ParameterizedTest
    @CsvSource({
        "0,828001020304",
        "125,82fd01020304",
        "126,82fe007e01020304",
        "65535,82feffff01020304",
        "65536,82ff000000000001000001020304"
    })
    void a_length_takes_the_fewest_bytes(int length, String head) {
        ByteBuffer made = WebSocketFrames.head(WebSocketFrames.BINARY, length, 0x01020304);
        byte[] bytes = new byte[made.remaining()];
        made.get(bytes);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(head);
    }
}
