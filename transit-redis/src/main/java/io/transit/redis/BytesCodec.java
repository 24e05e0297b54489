package io.transit.redis;

import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.codec.ToByteBufEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;

/** Values are bytes: written from where they lie, and read with one copy, since what they are read from is used again. */
final class BytesCodec implements RedisCodec<String, ByteBuffer>, ToByteBufEncoder<String, ByteBuffer> {
    static final BytesCodec INSTANCE = new BytesCodec();

    private final StringCodec keys = StringCodec.UTF8;

    @Override
    public String decodeKey(ByteBuffer bytes) {
        return keys.decodeKey(bytes);
    }

    @Override
    public ByteBuffer decodeValue(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    @Override
    public ByteBuffer encodeKey(String key) {
        return keys.encodeKey(key);
    }

    @Override
    public ByteBuffer encodeValue(ByteBuffer value) {
        return value.duplicate();
    }

    @Override
    public void encodeKey(String key, ByteBuf target) {
        keys.encodeKey(key, target);
    }

    @Override
    public void encodeValue(ByteBuffer value, ByteBuf target) {
        target.writeBytes(value.duplicate());
    }

    @Override
    public int estimateSize(Object keyOrValue) {
        return keyOrValue instanceof ByteBuffer bytes ? bytes.remaining() : ByteBufUtil.utf8Bytes((String) keyOrValue);
    }

    @Override
    public boolean isEstimateExact() {
        return true;
    }
}
