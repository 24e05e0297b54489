package io.transit.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TcpSocketsTest {
    private static final TcpSockets TABLE = TcpSockets.of("""
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F90 00000000:0000 0A 00000000:00000005 00:00000000 00000000     0        0 11 1
               1: 0100007F:1F90 0100007F:C000 01 00000010:00000100 00:00000000 00000000     0        0 12 1
               2: 0100007F:C000 0100007F:1F90 01 00001000:00000000 00:00000000 00000000     0        0 13 1
               3: 0000000000000000FFFF00000100007F:C001 0000000000000000FFFF00000100007F:1F91 01 00000001:00000000 00:0 0 0 0 14
            """.lines().toList());

    @Test
    void both_queues_of_both_ends_count() {
        assertThat(TABLE.queued(0xc000)).isEqualTo(0x1110);
        assertThat(TABLE.queued(0xc001)).isEqualTo(1);
        assertThat(TABLE.queued(0xc002)).isZero();
    }

    @Test
    void who_listens_is_told_from_who_is_connected() {
        assertThat(TABLE.isListening(0x1f90)).isTrue();
        assertThat(TABLE.isListening(0xc000)).isFalse();
        assertThat(TcpSockets.of(List.of()).isListening(0x1f90)).isFalse();
    }
}
