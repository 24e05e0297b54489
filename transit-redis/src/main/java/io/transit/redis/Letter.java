package io.transit.redis;

import io.transit.core.InterruptReason;
import io.transit.core.Sha256;
import io.transit.core.TransferException;
import io.transit.core.TransferState;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the home of a transfer, which is the node where it was offered, and a guest on another node write to each other. A
 * letter is one line of words; it lies in the reader's mailbox until that has read it.
 */
sealed interface Letter {
    /** What is added to {@link Paused}. */
    String COMPLETED = "completed";

    /** What a guest writes. */
    sealed interface FromGuest extends Letter {
        String guest();
    }

    /** May I receive from this byte on, everything or a part? */
    record Claim(String guest, String channel, long offset, Optional<io.transit.core.Claim.Part> part)
            implements FromGuest {}

    /** Here I am again, to send. That it showed the token was checked on the way. */
    record Resume(String guest, String channel) implements FromGuest {}

    /** I leave my seat: a receiver for good, with all up to a byte; a sender to come back. */
    record Leave(String guest, OptionalLong taken) implements FromGuest {
        Leave(String guest) {
            this(guest, OptionalLong.empty());
        }

        Leave(String guest, long taken) {
            this(guest, OptionalLong.of(taken));
        }
    }

    /** I end the transfer. */
    record Interrupt(String guest, InterruptReason reason) implements FromGuest {}

    /** I have received everything that I claimed, up to that position. */
    record Complete(String guest, long total, Optional<Sha256> digest) implements FromGuest {}

    /** You have the seat. */
    record Seated() implements Letter {}

    /** You do not get the seat. */
    record Refused(String kind, String detail, String why) implements Letter {
        static Refused of(TransferException e) {
            return switch (e) {
                case TransferException.Taken taken -> new Refused("taken", "-", e.getMessage());
                case TransferException.NotFound unknown -> new Refused("none", "-", e.getMessage());
                case TransferException.Ended over ->
                    new Refused("over", Text.of(over.state()).replace(' ', '_'), "-");
                case TransferException.Rejected rejected -> new Refused("rejected", rejected.field(), e.getMessage());
                case TransferException.Paused paused -> new Refused("unavailable", "-", e.getMessage());
                case TransferException.Unavailable away -> new Refused("unavailable", "-", e.getMessage());
            };
        }

        TransferException exception(RedisKeys keys) {
            return switch (kind) {
                case "taken" -> new TransferException.Taken(why);
                case "none" -> new TransferException.NotFound(keys.id());
                case "over" -> new TransferException.Ended(Text.end(detail.replace('_', ' ')));
                case "rejected" -> new TransferException.Rejected(detail, why);
                default -> new TransferException.Unavailable(why);
            };
        }
    }

    /** An attempt begins. */
    record Go(long epoch, long offset) implements Letter {}

    /**
     * To a sender: the attempt is over, its receiver has all up to a byte, and perhaps all that it claimed, which a node of an
     * earlier version does not say, and another may come.
     */
    record Paused(InterruptReason reason, OptionalLong taken, boolean completed) implements Letter {
        static Paused of(TransferException.Paused e) {
            return new Paused(e.reason(), OptionalLong.of(e.bytes()), e.isCompleted());
        }

        TransferException.Paused exception() {
            return new TransferException.Paused(reason, taken.orElse(0), completed);
        }
    }

    /** To a sender: another came with the token. */
    record Superseded() implements Letter {}

    /** The transfer is over; or just for you, as you have the part that you claimed, or another has your seat. */
    record Over(TransferState.Final state, Duration elapsed, Optional<Sha256> digest) implements Letter {}

    static String write(Letter letter) {
        return switch (letter) {
            case Claim(String guest, String channel, long offset, var part) ->
                "claim " + guest + " " + channel + " " + offset
                        + part.map(run -> " " + run.from() + " " + run.to()).orElse("");
            case Resume(String guest, String channel) -> "resume " + guest + " " + channel;
            case Leave(String guest, OptionalLong taken) -> "leave " + guest + position(taken);
            case Interrupt(String guest, InterruptReason reason) -> "interrupt " + guest + " " + reason.code();
            case Complete(String guest, long total, var digest) ->
                "complete " + guest + " " + total + " " + Text.of(digest);
            case Seated seated -> "seated";
            case Refused(String kind, String detail, String why) -> "refused " + kind + " " + detail + " " + why;
            case Go(long epoch, long offset) -> "go " + HexFormat.of().toHexDigits(epoch) + " " + offset;
            case Paused(InterruptReason reason, OptionalLong taken, boolean completed) ->
                "paused " + reason.code() + position(taken) + (completed ? " " + COMPLETED : "");
            case Superseded superseded -> "superseded";
            case Over(TransferState.Final state, Duration elapsed, var digest) ->
                "over " + elapsed.toNanos() + " " + Text.of(digest) + " " + Text.of(state);
        };
    }

    static Letter read(String text) {
        String[] words = text.split(" ", 4);
        return switch (words[0]) {
            case "claim" -> claim(words[1], words[2], words[3].split(" ", -1));
            case "resume" -> new Resume(words[1], words[2]);
            case "leave" -> new Leave(words[1], position(words));
            case "interrupt" -> new Interrupt(words[1], Text.reason(words[2]));
            case "complete" -> new Complete(words[1], Long.parseLong(words[2]), Text.digest(words[3]));
            case "seated" -> new Seated();
            case "refused" -> new Refused(words[1], words[2], words[3]);
            case "go" -> new Go(HexFormat.fromHexDigitsToLong(words[1]), Long.parseLong(words[2]));
            case "paused" ->
                new Paused(Text.reason(words[1]), position(words), words.length > 3 && words[3].equals(COMPLETED));
            case "superseded" -> new Superseded();
            case "over" ->
                new Over(Text.end(words[3]), Duration.ofNanos(Long.parseLong(words[1])), Text.digest(words[2]));
            default -> throw new IllegalArgumentException("not a letter: " + words[0]);
        };
    }

    private static String position(OptionalLong taken) {
        return taken.isPresent() ? " " + taken.getAsLong() : "";
    }

    /** What a node of an earlier version does not say. */
    private static OptionalLong position(String[] words) {
        return words.length > 2 ? OptionalLong.of(Long.parseLong(words[2])) : OptionalLong.empty();
    }

    private static Claim claim(String guest, String channel, String[] numbers) {
        Optional<io.transit.core.Claim.Part> part = numbers.length == 1
                ? Optional.empty()
                : Optional.of(new io.transit.core.Claim.Part(Long.parseLong(numbers[1]), Long.parseLong(numbers[2])));
        return new Claim(guest, channel, Long.parseLong(numbers[0]), part);
    }
}
