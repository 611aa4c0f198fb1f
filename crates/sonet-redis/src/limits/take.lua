-- Takes places in a portal's bucket, after word of those that ended, were given back, or were refused.
-- The rules are those of a bucket within one process. Times are microseconds of the server's clock.
--
-- KEYS: the bucket (a hash), its places (a sorted set: number -> when it certainly has been counted), and the pauses of
-- callers (hashes: method -> until when).
-- ARGV: room (0: no limit), threshold, pace per microsecond, until when the bucket must be there, when it was created, what
-- else is counted, whether the portal refused, how many numbers of ended places, of places given back, and of places to take
-- follow; the numbers; and for each place to take the index of its caller's key (0: none), how many methods, and the methods.
local COUNTED_AFTER, RECOVERY, ONE_REFUSAL, LEAST_SHARE = 5e6, 120e6, 2e6, 1 / 16

local clock = redis.call('TIME')
local now = clock[1] * 1e6 + clock[2]
local room, threshold, pace = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local limited = room > 0
local ended, given, takes = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local next_argument = 11

local function argument()
  next_argument = next_argument + 1
  return ARGV[next_argument - 1]
end

local function text(number)
  return string.format('%.17g', number)
end

-- How many places are for a later moment.
local function ahead()
  return redis.call('ZCOUNT', KEYS[2], '(' .. text(now + COUNTED_AFTER), '+inf')
end

-- Of places up to the number `reset_after`, nothing is known of what they add to the count.
local level, at, share, refused, last, reset_after, out = 0, now, 1, 0, 0, 0, 0
-- When the bucket was created, and whether it was taken for full at some time since then.
local born, filled = math.floor(now), 0
local vanished = 0
if limited then
  local known = redis.call('HMGET', KEYS[1], 'level', 'at', 'share', 'refused', 'last', 'reset_after', 'out',
    'born', 'filled')
  out = redis.call('ZCARD', KEYS[2])
  if known[1] then
    level, at, share = tonumber(known[1]), tonumber(known[2]), tonumber(known[3])
    refused, last, reset_after = tonumber(known[4]), tonumber(known[5]), tonumber(known[6])
    born, filled = tonumber(known[8]), tonumber(known[9])
    -- Another one than the caller's, which was dropped, and created again by a process that knew nothing of it. The first
    -- that knows fills it, for all of them.
    local is_another = born ~= tonumber(ARGV[5]) and now < tonumber(ARGV[4])
    if out < tonumber(known[7]) or is_another and filled == 0 then
      vanished = 1
    end
  elseif out > 0 or now < tonumber(ARGV[4]) then
    vanished = 1
  end
  if at > now + 1e6 then
    -- The server's clock was set back: what it told of moments means nothing any more.
    redis.call('DEL', KEYS[2])
    at, refused, out, vanished = now, 0, 0, 1
    level = 0
  end
  if vanished == 1 then
    -- The server dropped what it was to keep. Nobody knows how much was counted, so it is taken for full, this once.
    level, reset_after, filled = math.max(level, room + ahead()), math.max(last, now), 1
  end

  local function drain(to)
    if to > at then
      local left = level - (to - at) * pace * share
      level = math.max(left, math.min(out, level))
      share = math.min(1, share + (to - at) / RECOVERY)
      at = to
    end
  end
  local counted = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', text(now), 'WITHSCORES')
  for i = 2, #counted, 2 do
    drain(tonumber(counted[i]))
    out = out - 1
  end
  if #counted > 0 then
    redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', text(now))
  end
  drain(now)
  level = level + tonumber(ARGV[6])
end

for _ = 1, ended do
  out = out - redis.call('ZREM', KEYS[2], argument())
end
for _ = 1, given do
  local id = argument()
  local counted = redis.call('ZSCORE', KEYS[2], id)
  if counted then
    redis.call('ZREM', KEYS[2], id)
    out = out - 1
    -- What it adds to the count has not drained while it is kept. At a refusal, the count of those before was set anew.
    if tonumber(counted) > now + COUNTED_AFTER or tonumber(id) > reset_after then
      level = math.max(0, level - 1)
    end
  end
end
if limited and ARGV[7] == '1' then
  level = math.max(level, threshold + ahead())
  if refused == 0 or now - refused >= ONE_REFUSAL then
    share, refused = math.max(share / 2, LEAST_SHARE), now
  end
  reset_after = last
end

local answers = {}
for n = 1, takes do
  local key, count = tonumber(argument()), tonumber(argument())
  local paused = {0}
  for i = 1, count do
    local method = argument()
    local till = key > 0 and redis.call('HGET', KEYS[key], method)
    -- A later one is from before the server's clock was set back: none is longer than ten minutes.
    if till and tonumber(till) > now and tonumber(till) <= now + 601e6 then
      paused[#paused + 1] = i - 1
      paused[#paused + 1] = tonumber(till) - now
    end
  end
  if #paused > 1 then
    answers[n] = paused
  elseif limited then
    last = math.max(last + 1, now)
    local above, wait = level + 1 - room, 0
    if above > 1e-9 then
      wait = math.ceil(above / (pace * share)) + 1
    end
    redis.call('ZADD', KEYS[2], text(now + wait + COUNTED_AFTER), text(last))
    level, out = level + 1, out + 1
    answers[n] = {1, last, wait}
  else
    answers[n] = {1, 0, 0}
  end
end

local alive = 0
if limited then
  redis.call('HSET', KEYS[1], 'level', text(level), 'at', text(at), 'share', text(share), 'refused', text(refused),
    'last', text(last), 'reset_after', text(reset_after), 'out', out,
    'born', text(born), 'filled', filled)
  -- By then it is like a new one.
  local lasts = math.ceil(math.max(level / (pace * share) + COUNTED_AFTER, (1 - share) * RECOVERY) / 1000)
  redis.call('PEXPIRE', KEYS[1], lasts + 1000)
  redis.call('PEXPIRE', KEYS[2], lasts + 1000)
  alive = now + lasts * 1000
end
return {vanished, alive, born, math.floor(level * 1000), answers}
