-- Renews the lease of an offer, and notes where its transfer stands.
-- KEYS: offer, signal
-- ARGV: owner, time to live (ms), state, patience left (ms, or -1), channel of the id
-- Returns 1 and as many more as there are letters; 0 if nobody has the id, -1 if another has it.
local function without_bytes(state)
  return (string.gsub(state, ' %d+', '', 1))
end
local before = redis.call('HMGET', KEYS[1], 'owner', 'state')
if before[1] ~= ARGV[1] then
  return before[1] and -1 or 0
end
redis.call('HSET', KEYS[1], 'state', ARGV[3])
if tonumber(ARGV[4]) >= 0 then
  local now = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'until', now[1] * 1000 + math.floor(now[2] / 1000) + tonumber(ARGV[4]))
else
  redis.call('HDEL', KEYS[1], 'until')
end
if without_bytes(before[2]) ~= without_bytes(ARGV[3]) then
  redis.call('PUBLISH', ARGV[5], ARGV[1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1 + redis.call('LLEN', KEYS[2])
