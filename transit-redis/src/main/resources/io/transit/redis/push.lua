-- Pushes a record, unless it belongs to an older attempt, was pushed before, or leaves a gap (rule T13).
-- KEYS: queue, lease of the guest, offer
-- ARGV: epoch, sequence, time to live (ms), record
-- Returns the position up to which the reader has taken the file, which is the writer's credit;
-- -1 if this attempt is over, -2 if the guest is gone, -3 if nothing is there any more, -4 for a gap.
local lease = redis.call('HMGET', KEYS[2], 'attempt', 'next', 'taken')
if not lease[1] then
  return redis.call('EXISTS', KEYS[3]) == 1 and -2 or -3
end
if lease[1] ~= ARGV[1] then
  return -1
end
local sequence = tonumber(ARGV[2])
local expected = tonumber(lease[2])
if sequence > expected then
  return -4
end
if sequence == expected then
  redis.call('RPUSH', KEYS[1], ARGV[4])
  redis.call('HINCRBY', KEYS[2], 'next', 1)
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return tonumber(lease[3])
