package io.transit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Crc32Test {
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1", "9, 4", "100, 1000", "12345, 54321", "3, 3000000"})
    void one_that_starts_in_the_middle_ends_as_one_of_all_bytes(int before, int behind) {
        byte[] bytes = SeekingSender.payload(before + behind);
        var first = new CRC32();
        first.update(bytes, 0, before);
        var all = new CRC32();
        all.update(bytes);

        var crc32 = new Crc32((int) first.getValue());
        crc32.update(ByteBuffer.wrap(bytes, before, behind / 2));
        crc32.update(ByteBuffer.wrap(bytes, before + behind / 2, behind - behind / 2));

        assertThat(crc32.value()).isEqualTo((int) all.getValue());
    }
}
