-- Lets a method of a caller pause for so many microseconds, or for longer where that is known.
-- KEYS: the caller's pauses (a hash: method -> until when, by the server's clock). ARGV: the method, how long.
local clock = redis.call('TIME')
local now = clock[1] * 1e6 + clock[2]
-- The portal counts operating time over ten minutes: no pause is longer, whatever is said. One that seems to be is from before
-- the server's clock was set back.
local LONGEST = 600e6
local pause = math.min(tonumber(ARGV[2]), LONGEST)
local till = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0)
if now + pause > till or till > now + LONGEST + 1e6 then
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%.17g', now + pause))
end
local lasts = math.ceil(pause / 1000) + 1
if redis.call('PTTL', KEYS[1]) < lasts then
  redis.call('PEXPIRE', KEYS[1], lasts)
end
return 1
