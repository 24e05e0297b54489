-- Looks at an id, and changes nothing.
-- KEYS: offer, status
-- Returns {} or {'open' or 'over', body, state, time left (ms, or -1), digest or '', node or '', hash of the token or ''}.
local open = redis.call('HMGET', KEYS[1], 'body', 'state', 'until', 'node', 'token')
if open[1] then
  local left = -1
  if open[3] then
    local now = redis.call('TIME')
    left = math.max(0, tonumber(open[3]) - (now[1] * 1000 + math.floor(now[2] / 1000)))
  end
  return {'open', open[1], open[2], left, '', open[4], open[5]}
end
local over = redis.call('HMGET', KEYS[2], 'body', 'state', 'digest', 'token')
if over[1] then
  return {'over', over[1], over[2], redis.call('PTTL', KEYS[2]), over[3], '', over[4] or ''}
end
return {}
