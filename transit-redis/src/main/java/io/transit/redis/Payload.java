package io.transit.redis;

import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A connection that carries the records of one attempt at a time. Its methods are called by one thread at a time, and not by
 * that of the connection, whose commands overtake those of others.
 *
 * @param place which server it leads to, as {@link Links#place} names it
 * @param connection what is closed in the end
 */
record Payload(String place, StatefulRedisConnection<String, ByteBuffer> connection) {
    RedisAsyncCommands<String, ByteBuffer> commands() {
        return connection.async();
    }

    /**
     * Appends a record to a queue, and has it admitted in the same step. Fails if either could not be done.
     *
     * @param keys the queue, and what {@link Script#ADMIT} needs besides
     * @param record is written from where it lies; it must stay as it is until there is an answer
     * @return the answer of the script
     */
    CompletionStage<Long> push(String[] keys, ByteBuffer record, ByteBuffer... arguments) {
        connection.setAutoFlushCommands(false);
        try {
            var unused1 = commands().multi();
            var unused2 = commands()
                    .dispatch(
                            CommandType.RPUSH,
                            new IntegerOutput<>(BytesCodec.INSTANCE),
                            new RecordArgs(keys[0], record));
            CompletionStage<Long> unused3 = Script.ADMIT.send(commands(), keys, arguments);
            CompletionStage<TransactionResult> executed = commands().exec();
            connection.flushCommands();
            return executed.thenApply(answers -> answers.get(1));
        } catch (RuntimeException e) {
            // As if it had been sent and failed: half a transaction may have been.
            return CompletableFuture.failedFuture(e);
        } finally {
            connection.setAutoFlushCommands(true);
        }
    }

    /**
     * Takes records out of a queue, waiting for the first.
     *
     * @param atMost how long it may wait
     * @param buffers where those come from that records are put into
     * @param records gets each as soon as it is whole, and gives back its buffer
     * @return how many there were
     */
    CompletionStage<Integer> pop(
            String queue, int count, Duration atMost, RecordBuffers buffers, Consumer<ByteBuffer> records) {
        var arguments = new CommandArgs<>(BytesCodec.INSTANCE)
                .add(atMost.toMillis() / 1000.0)
                .add(1)
                .addKey(queue)
                .add("LEFT")
                .add("COUNT")
                .add(count);
        return commands().dispatch(CommandType.BLMPOP, new PoppedRecords(buffers, records), arguments);
    }
}
