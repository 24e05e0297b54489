-- Admits the record that was pushed just before, in the same transaction, or takes it away again: if it belongs to an older
-- attempt, was pushed before, or leaves a gap (rule T13). A record is not an argument, as Lua would hash every byte of it.
-- KEYS: queue, lease of the guest, offer
-- ARGV: epoch, sequence, time to live (ms)
-- Returns the position up to which the reader has taken the file, which is the writer's credit;
-- -1 if this attempt is over, -2 if the guest is gone, -3 if nothing is there any more, -4 for a gap.
local lease = redis.call('HMGET', KEYS[2], 'attempt', 'next', 'taken')
if lease[1] ~= ARGV[1] then
  redis.call('DEL', KEYS[1])
  if lease[1] then
    return -1
  end
  return redis.call('EXISTS', KEYS[3]) == 1 and -2 or -3
end
local sequence = tonumber(ARGV[2])
local expected = tonumber(lease[2])
if sequence == expected then
  redis.call('HINCRBY', KEYS[2], 'next', 1)
else
  redis.call('LTRIM', KEYS[1], 0, -2)
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return sequence > expected and -4 or tonumber(lease[3])
