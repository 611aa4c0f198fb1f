-- Gives back a lease, and no other's.
-- KEYS: lease
-- ARGV: what the caller holds
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 1
