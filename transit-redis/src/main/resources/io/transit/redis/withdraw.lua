-- Withdraws an offer that came to nothing, without a trace.
-- KEYS: offer, signal
-- ARGV: owner
-- Returns 1, or 0 if the id is not this owner's.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
redis.call('DEL', KEYS[1], KEYS[2])
return 1
