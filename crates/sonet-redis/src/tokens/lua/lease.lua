-- Gives the lease to one at a time.
-- KEYS: lease, counters
-- ARGV: owner, what the owner knows that it holds or '', how long the lease and the counters live (ms)
-- Returns the number of the lease (0: it is held), how long another has it yet (ms), whether the pair may be spent.
local holder = redis.call('GET', KEYS[1])
if holder then
  local is_own = string.sub(holder, 1, #ARGV[1]) == ARGV[1]
  -- An own one that the owner does not know of is one whose answer got lost.
  if not is_own or holder == ARGV[2] then
    return { 0, redis.call('PTTL', KEYS[1]), 0 }
  end
end
local number = redis.call('HINCRBY', KEYS[2], 'lease', 1)
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('SET', KEYS[1], ARGV[1] .. number, 'PX', ARGV[3])
local counters = redis.call('HMGET', KEYS[2], 'generation', 'asked')
local in_doubt = counters[2] and counters[2] == (counters[1] or '0')
return { number, 0, in_doubt and 1 or 0 }
