package io.transit.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/** Where the next bytes of a connection are read to: into the record that they are the rest of. */
final class RecordReads extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Before a record only so much is read ahead of it, since what is of it must be copied. */
    private static final int HEAD = 256;

    /** As many reads at a time as the library's own way does. */
    private static final int MAX_READS = 16;

    private static final int MAX_OPAQUE = 64 << 10;

    private final RecordDecoder decoder;
    private final AdaptiveRecvByteBufAllocator usual = new AdaptiveRecvByteBufAllocator();

    RecordReads(RecordDecoder decoder) {
        super(MAX_READS);
        this.decoder = decoder;
    }

    @Override
    @SuppressWarnings("deprecation") // The type that the interface returns.
    public Handle newHandle() {
        Handle adaptive = usual.newHandle();
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return decoder.expectsRecord() ? (int) Math.min(decoder.opaque(), MAX_OPAQUE) + HEAD : adaptive.guess();
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return decoder.rest().orElseGet(() -> allocator.ioBuffer(guess()));
            }

            @Override
            public void reset(ChannelConfig config) {
                adaptive.reset(config);
                super.reset(config);
            }

            @Override
            public void attemptedBytesRead(int bytes) {
                adaptive.attemptedBytesRead(bytes);
                super.attemptedBytesRead(bytes);
            }

            @Override
            public void lastBytesRead(int bytes) {
                adaptive.lastBytesRead(bytes);
                super.lastBytesRead(bytes);
            }

            @Override
            public void readComplete() {
                adaptive.readComplete();
            }
        };
    }
}
