-- Keeps a pair if none came since the one that was seen.
-- KEYS: tokens, counters
-- ARGV: generation that was seen, new generation, origin, pair, how long the pair and the counters live (ms)

-- Nothing is deleted, but a write that takes no memory comes first: after it, a server that is out of memory lets a script
-- go on, and the pair is not lost.
redis.call('HDEL', KEYS[2], '')

local function generation(key)
  return tonumber(redis.call('HGET', key, 'generation') or '0')
end
if math.max(generation(KEYS[1]), generation(KEYS[2])) ~= tonumber(ARGV[1]) then
  return 0
end
redis.call('HSET', KEYS[1], 'generation', ARGV[2], 'origin', ARGV[3], 'pair', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
redis.call('HSET', KEYS[2], 'generation', ARGV[2])
redis.call('HDEL', KEYS[2], 'asked')
redis.call('PEXPIRE', KEYS[2], ARGV[6])
return 1
