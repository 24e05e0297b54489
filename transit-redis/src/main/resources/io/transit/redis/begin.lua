-- Begins an attempt: fences off the one before, and tells the guest.
-- KEYS: lease of the guest, signal of the guest, queue of the attempt before
-- ARGV: owner, epoch, offset, letter, time to live (ms), channel, wake
-- Returns 1, or 0 if the guest is gone.
redis.call('DEL', KEYS[3])
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'attempt', ARGV[2], 'next', 0, 'taken', ARGV[3])
redis.call('RPUSH', KEYS[2], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
redis.call('PUBLISH', ARGV[6], ARGV[7])
return 1
