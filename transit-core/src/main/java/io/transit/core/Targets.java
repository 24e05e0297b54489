package io.transit.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletionStage;

/** What all receivers do with the targets they are given. */
final class Targets {
    private Targets() {}

    /** Writes all, waiting for the target to take it. */
    static void write(ByteBuffer payload, WritableByteChannel target) throws IOException {
        while (payload.hasRemaining()) {
            if (target.write(payload) <= 0) {
                throw new IOException("the target takes nothing, where it should wait");
            }
        }
    }

    /** What a failure of the target is to its owner: if the transfer has been cut short, that is what matters. */
    static Frame.Interrupt failed(IOException why, CompletionStage<TransferState.Final> whenOver) throws IOException {
        if (whenOver.toCompletableFuture().getNow(null) instanceof TransferState.Interrupted how) {
            return new Frame.Interrupt(how.reason());
        }
        throw why;
    }
}
