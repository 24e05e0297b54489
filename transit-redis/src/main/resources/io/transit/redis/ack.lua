-- Gives credit back: says up to which position of the file the reader has let go.
-- KEYS: lease of the guest, queue
-- ARGV: epoch, position, time to live (ms), channel, wake
-- Returns 1, or 0 if this attempt is over.
if redis.call('HGET', KEYS[1], 'attempt') ~= ARGV[1] then
  return 0
end
if tonumber(ARGV[2]) > tonumber(redis.call('HGET', KEYS[1], 'taken')) then
  redis.call('HSET', KEYS[1], 'taken', ARGV[2])
end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
