-- KEYS: tokens, counters
local kept = redis.call('HMGET', KEYS[1], 'generation', 'origin', 'pair')
return { redis.call('HGET', KEYS[2], 'generation'), kept[1], kept[2], kept[3] }
