package io.transit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.transit.core.Frame;
import io.transit.core.FrameCodec;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Payload that is read to where its record is, while the record may be wanted before. */
class OpenRecordTest {
    private final OpenRecord open = new OpenRecord(new RecordBuffers(100));

    @Test
    void payload_becomes_a_record() throws Exception {
        assertThat(open.isNew()).isTrue();
        fill(1, 2, 3);
        fill(4);
        assertThat(open.hasPayload()).isTrue();
        assertRecord(open.take(7), 7, 1, 2, 3, 4);
        assertThat(open.isNew()).isTrue();
    }

    @Test
    void room_is_bounded_by_what_is_asked_for_and_by_the_record() {
        assertThat(open.room(30).remaining()).isEqualTo(30);
        open.filled(30);
        assertThat(open.room(1_000).remaining()).isEqualTo(70);
        open.filled(70);
        assertThat(open.isFull()).isTrue();
    }

    @Test
    void room_that_stays_empty_is_no_payload() {
        open.room(30);
        assertThat(open.hasPayload()).isFalse();
        open.filled(0);
        assertThat(open.hasPayload()).isFalse();
        assertThat(open.isFull()).isFalse();
    }

    @Test
    void a_record_can_be_taken_while_room_behind_it_is_lent() throws Exception {
        fill(1, 2, 3);
        ByteBuffer room = open.room(2);
        ByteBuffer first = open.take(0);
        assertThat(open.hasPayload()).isFalse();
        room.put((byte) 4).put((byte) 5);
        open.filled(2);
        fill(6);
        assertRecord(first, 0, 1, 2, 3);
        assertRecord(open.take(1), 1, 4, 5, 6);
    }

    @Test
    void records_can_be_taken_again_and_again_while_room_is_lent() throws Exception {
        for (byte i = 0; i < 50; i++) {
            fill(i);
            ByteBuffer room = open.room(1);
            assertRecord(open.take(2 * i), 2 * i, i);
            room.put((byte) -i);
            open.filled(1);
            assertRecord(open.take(2 * i + 1), 2 * i + 1, -i);
        }
    }

    @Test
    void what_is_dropped_does_not_come_back_with_what_is_read_behind_it() throws Exception {
        fill(1, 2, 3);
        ByteBuffer room = open.room(1);
        open.drop();
        assertThat(open.hasPayload()).isFalse();
        room.put((byte) 4);
        open.filled(1);
        assertRecord(open.take(0), 0, 4);
        fill(5);
        open.drop();
        assertThat(open.isNew()).isTrue();
    }

    private void fill(int... bytes) {
        ByteBuffer room = open.room(bytes.length);
        for (int b : bytes) {
            room.put((byte) b);
        }
        open.filled(bytes.length);
    }

    private static void assertRecord(ByteBuffer record, long sequence, int... payload) throws Exception {
        ByteBuffer expected = ByteBuffer.allocate(payload.length);
        for (int b : payload) {
            expected.put((byte) b);
        }
        FrameCodec.Sequenced decoded = FrameCodec.decode(record);
        assertThat(decoded.sequence()).isEqualTo(sequence);
        assertThat(decoded.frame()).isEqualTo(new Frame.Data(expected.flip()));
    }
}
