-- Ends a transfer: nothing is left of it but its status, for a while.
-- KEYS: offer, signal, status
-- ARGV: owner, body, state, digest or '', time to keep (ms), channel of the id
-- Returns the letters that nobody has answered; none if the id is not this owner's any more.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return {}
end
local letters = redis.call('LRANGE', KEYS[2], 0, -1)
redis.call('DEL', KEYS[1], KEYS[2])
if tonumber(ARGV[5]) > 0 then
  redis.call('HSET', KEYS[3], 'owner', ARGV[1], 'body', ARGV[2], 'state', ARGV[3], 'digest', ARGV[4])
  redis.call('PEXPIRE', KEYS[3], ARGV[5])
end
redis.call('PUBLISH', ARGV[6], ARGV[1])
return letters
