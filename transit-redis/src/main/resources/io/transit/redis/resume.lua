-- Enters a transfer as a guest who shows its token to send; the home decides whether it may.
-- KEYS: offer, status, lease of the guest, signal of the home
-- ARGV: channel of the guest's node, time to live (ms), letter, wake, hash of the token
-- Returns {'none'}, {'over', state}, {'token'}, or {'open', body, owner, channel of the home, node of the home}.
local offer = redis.call('HMGET', KEYS[1], 'body', 'owner', 'channel', 'node', 'token')
if not offer[1] then
  local state = redis.call('HGET', KEYS[2], 'state')
  return state and {'over', state} or {'none'}
end
if offer[3] == ARGV[1] then
  -- It asks itself.
  return {'open', offer[1], offer[2], offer[3], offer[4]}
end
if offer[5] ~= ARGV[5] then
  return {'token'}
end
redis.call('HSET', KEYS[3], 'owner', offer[2], 'channel', ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[2])
redis.call('RPUSH', KEYS[4], ARGV[3])
redis.call('PEXPIRE', KEYS[4], ARGV[2])
redis.call('PUBLISH', offer[3], ARGV[4])
return {'open', offer[1], offer[2], offer[3], offer[4]}
