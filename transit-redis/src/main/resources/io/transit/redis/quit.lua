-- Ends the attempt of a guest who reads no more: what is pushed from now on is refused, what was pushed goes.
-- KEYS: lease of the guest, queue
-- Returns 1, or 0 if the guest is gone.
redis.call('DEL', KEYS[2])
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'attempt', '-')
return 1
