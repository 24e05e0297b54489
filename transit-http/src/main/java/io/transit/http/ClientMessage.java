package io.transit.http;

import io.transit.core.FileMetadata;
import io.transit.core.Token;
import io.transit.core.TransferId;
import java.util.List;

/** What a sender says in dialect 2: the table in docs/protocol.md. */
sealed interface ClientMessage {
    /**
     * The first message of a new transfer.
     *
     * @param files at least one; all of known size, if there are several
     * @param seekable whether the sender can begin at any byte
     * @param again whether it offered the very same under this id before, so that somebody may have the beginning
     */
    record Offer(List<FileMetadata> files, boolean seekable, boolean again) implements ClientMessage {}

    /**
     * The first message of a sender that comes back.
     *
     * @param id of the transfer that it left
     * @param token what it was given
     * @param files what it has to be offering still
     */
    record Resume(TransferId id, Token token, List<FileMetadata> files) implements ClientMessage {}

    /**
     * The payload of an attempt follows; what came before is of an older one.
     *
     * @param attempt as it was named to the client
     * @param offset of the first byte that follows
     */
    record Start(String attempt, long offset) implements ClientMessage {}

    /**
     * All was sent.
     *
     * @param totalBytes of all files together, whatever the attempt began with
     */
    record Done(long totalBytes) implements ClientMessage {}

    /** The transfer is not wanted any more. */
    record Cancel() implements ClientMessage {}
}
