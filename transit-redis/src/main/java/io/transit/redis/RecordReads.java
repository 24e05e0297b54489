package io.transit.redis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/** Where the next bytes of a connection are read to: into the record that they are the rest of. */
final class RecordReads extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Before a record only so much is read ahead of it, since what is of it must be copied. */
    private static final int HEAD = 256;

    private final RecordDecoder decoder;
    private final AdaptiveRecvByteBufAllocator usual = new AdaptiveRecvByteBufAllocator();

    RecordReads(RecordDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    @SuppressWarnings("deprecation") // The type that the interface returns.
    public Handle newHandle() {
        Handle adaptive = usual.newHandle();
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return decoder.expectsRecord() ? HEAD : adaptive.guess();
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return decoder.rest().orElseGet(() -> allocator.ioBuffer(guess()));
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
