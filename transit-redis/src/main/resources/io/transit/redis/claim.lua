-- Enters a transfer as a guest who wants to receive; the home decides who gets the seat.
-- KEYS: offer, status, lease of the guest, signal of the home
-- ARGV: channel of the guest's node, time to live (ms), letter, wake
-- Returns {'none'}, {'over', state}, or {'open', body, owner, channel of the home, node of the home}.
local offer = redis.call('HMGET', KEYS[1], 'body', 'owner', 'channel', 'node')
if not offer[1] then
  local state = redis.call('HGET', KEYS[2], 'state')
  return state and {'over', state} or {'none'}
end
if offer[3] == ARGV[1] then
  -- It asks itself.
  return {'open', offer[1], offer[2], offer[3], offer[4]}
end
redis.call('HSET', KEYS[3], 'owner', offer[2], 'channel', ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[2])
redis.call('RPUSH', KEYS[4], ARGV[3])
redis.call('PEXPIRE', KEYS[4], ARGV[2])
redis.call('PUBLISH', offer[3], ARGV[4])
return {'open', offer[1], offer[2], offer[3], offer[4]}
