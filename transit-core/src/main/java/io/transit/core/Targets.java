package io.transit.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletionStage;

/** What all receivers do with the targets they are given. */
final class Targets {
    private static final System.Logger LOG = System.getLogger(Targets.class.getName());

    private Targets() {}

    /** Writes all, waiting for the target to take it. */
    static void write(ByteBuffer payload, WritableByteChannel target) throws IOException {
        while (payload.hasRemaining()) {
            if (target.write(payload) <= 0) {
                throw new IOException("the target takes nothing, where it should wait");
            }
        }
    }

    /** Sees to it that nobody stays in the target of a transfer that is cut short. */
    static void closeWhenCut(WritableByteChannel target, CompletionStage<TransferState.Final> whenOver) {
        whenOver.thenAccept(how -> {
            if (how instanceof TransferState.Interrupted) {
                close(target);
            }
        });
    }

    private static void close(WritableByteChannel target) {
        try {
            target.close();
        } catch (IOException e) {
            // Whoever writes to it will see what is wrong with it.
            LOG.log(System.Logger.Level.DEBUG, "the target of a transfer that was cut short could not be closed", e);
        }
    }
}
