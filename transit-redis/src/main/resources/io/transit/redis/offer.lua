-- Takes an id for an offer, or finds that it is this offer's already.
-- KEYS: offer, signal, status
-- ARGV: owner, node, time to live (ms), channel of the node, body, hash of the token, state, patience left (ms, or -1), channel of the id
-- Returns 1, or 0 if another node has the id.
local held = redis.call('HMGET', KEYS[1], 'owner', 'node')
if held[1] and held[1] ~= ARGV[1] and held[2] ~= ARGV[2] then
  return 0
end
if held[1] ~= ARGV[1] then
  -- Of this node is only what has ended here already: within a node the node itself decides.
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
end
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'node', ARGV[2], 'channel', ARGV[4], 'body', ARGV[5], 'token', ARGV[6], 'state', ARGV[7])
if tonumber(ARGV[8]) >= 0 then
  local now = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'until', now[1] * 1000 + math.floor(now[2] / 1000) + tonumber(ARGV[8]))
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[9], ARGV[1])
return 1
