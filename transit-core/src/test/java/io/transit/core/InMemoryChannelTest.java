package io.transit.core;

import io.transit.core.contract.ChannelContract;

class InMemoryChannelTest extends ChannelContract {
    @Override
    protected TransferChannel open(TransferLimits limits) {
        return TransferChannel.inMemory(limits);
    }
}
