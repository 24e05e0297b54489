-- Puts a letter into a mailbox and wakes its reader, if the reader is still there.
-- KEYS: signal, what proves that the reader is there (an offer or a lease)
-- ARGV: owner, letter, time to live (ms), channel, wake
-- Returns 1, or 0 if nobody reads there any more.
if redis.call('HGET', KEYS[2], 'owner') ~= ARGV[1] then
  return 0
end
redis.call('RPUSH', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1
