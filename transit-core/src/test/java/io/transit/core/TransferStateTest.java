package io.transit.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.transit.core.TransferState.Completed;
import io.transit.core.TransferState.Interrupted;
import io.transit.core.TransferState.Offered;
import io.transit.core.TransferState.Paused;
import io.transit.core.TransferState.Streaming;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TransferStateTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            Offered                     , begin 5              , Streaming 5
            Offered                     , data 3               , illegal
            Offered                     , done 0               , illegal
            Offered                     , interrupt EXPIRED    , Interrupted 0 EXPIRED
            Offered                     , pause SENDER_LEFT    , Offered

            Streaming 7                 , begin 5              , Streaming 5
            Streaming 7                 , data 0               , Streaming 7
            Streaming 7                 , data 3               , Streaming 10
            Streaming 7                 , done 7               , Completed 7
            Streaming 7                 , done 6               , Interrupted 7 TRUNCATED
            Streaming 7                 , done 8               , Interrupted 7 TRUNCATED
            Streaming 7                 , interrupt NODE_LOST  , Interrupted 7 NODE_LOST
            Streaming 7                 , pause RECEIVER_LEFT  , Paused 7 RECEIVER_LEFT

            Paused 7 SENDER_LEFT        , begin 5              , Streaming 5
            Paused 7 SENDER_LEFT        , data 3               , Paused 10 SENDER_LEFT
            Paused 7 SENDER_LEFT        , done 7               , illegal
            Paused 7 SENDER_LEFT        , interrupt CANCELLED  , Interrupted 7 CANCELLED
            Paused 7 SENDER_LEFT        , pause RECEIVER_LEFT  , Paused 7 RECEIVER_LEFT
            Paused 7 RECEIVER_LEFT      , pause SENDER_LEFT    , Paused 7 RECEIVER_LEFT

            Completed 7                 , begin 5              , Completed 7
            Completed 7                 , data 3               , Completed 7
            Completed 7                 , done 8               , Completed 7
            Completed 7                 , interrupt SHUTDOWN   , Completed 7
            Completed 7                 , pause RECEIVER_LEFT  , Completed 7

            Interrupted 7 CANCELLED     , begin 5              , Interrupted 7 CANCELLED
            Interrupted 7 CANCELLED     , data 3               , Interrupted 7 CANCELLED
            Interrupted 7 CANCELLED     , done 7               , Interrupted 7 CANCELLED
            Interrupted 7 CANCELLED     , interrupt SHUTDOWN   , Interrupted 7 CANCELLED
            Interrupted 7 CANCELLED     , pause SENDER_LEFT    , Interrupted 7 CANCELLED
            """)
    void T2_T8_what_follows_from_what(String before, String event, String after) {
        TransferState state = state(before);
        if (after.equals("illegal")) {
            assertThatIllegalStateException().isThrownBy(() -> next(state, event));
        } else {
            assertThat(next(state, event)).isEqualTo(state(after));
        }
    }

    @ParameterizedTest
    @CsvSource({"Offered, 0", "Streaming 7, 7", "Paused 7 SENDER_LEFT, 7", "Completed 7, 7", "Interrupted 7 OVERRUN, 7"
    })
    void every_state_has_a_position(String state, long bytes) {
        assertThat(state(state).bytes()).isEqualTo(bytes);
    }

    private static TransferState next(TransferState state, String event) {
        List<String> words = List.of(event.split(" "));
        String argument = words.get(1);
        return switch (words.getFirst()) {
            case "begin" -> state.begin(Long.parseLong(argument));
            case "pause" -> state.pause(InterruptReason.valueOf(argument));
            case "data" -> state.accept(new Frame.Data(ByteBuffer.allocate(Integer.parseInt(argument))));
            case "done" -> state.accept(new Frame.Done(Long.parseLong(argument)));
            case "interrupt" -> state.accept(new Frame.Interrupt(InterruptReason.valueOf(argument)));
            default -> throw new AssertionError("unknown event: " + event);
        };
    }

    private static TransferState state(String text) {
        List<String> words = List.of(text.split(" "));
        return switch (words.getFirst()) {
            case "Offered" -> new Offered();
            case "Streaming" -> new Streaming(Long.parseLong(words.get(1)));
            case "Paused" -> new Paused(Long.parseLong(words.get(1)), InterruptReason.valueOf(words.get(2)));
            case "Completed" -> new Completed(Long.parseLong(words.get(1)));
            case "Interrupted" -> new Interrupted(Long.parseLong(words.get(1)), InterruptReason.valueOf(words.get(2)));
            default -> throw new AssertionError("unknown state: " + text);
        };
    }
}
