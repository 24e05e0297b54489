-- Renews the lease of a guest, and looks whether its home is there.
-- KEYS: lease, signal and queue of the guest, offer, status
-- ARGV: owner, time to live (ms)
-- Returns {'open', time that the home has left (ms)}, {'over', state, digest}, {'home' or 'guest' or 'store'} for who is lost.
local kept = redis.call('PEXPIRE', KEYS[1], ARGV[2]) == 1
redis.call('PEXPIRE', KEYS[2], ARGV[2])
redis.call('PEXPIRE', KEYS[3], ARGV[2])
if redis.call('HGET', KEYS[4], 'owner') == ARGV[1] then
  return kept and {'open', redis.call('PTTL', KEYS[4])} or {'guest'}
end
local over = redis.call('HMGET', KEYS[5], 'owner', 'state', 'digest')
if over[1] == ARGV[1] then
  return {'over', over[2], over[3]}
end
return {kept and 'home' or 'store'}
