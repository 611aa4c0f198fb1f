-- Makes sure that the lease is still the caller's and that the server takes writes, and notes that the token server is asked
-- with the pair that there is.
-- KEYS: lease, counters
-- ARGV: what the caller holds or '', how long the counters live (ms)
if ARGV[1] ~= '' then
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return 0
  end
  redis.call('HSET', KEYS[2], 'asked', redis.call('HGET', KEYS[2], 'generation') or '0')
end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
