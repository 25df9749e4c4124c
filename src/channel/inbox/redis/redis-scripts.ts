/**
 * The atomic steps in Redis: Lua scripts over the keys of one app.
 *
 * Keys below the prefix `{feishu-inbox:<app_id>}:` (one slot of a cluster)
 * | key | holds |
 * |---|---|
 * | seen:<event or message> | an id, for as long as the platform may send it again |
 * | entry:<n> | a message (hash: message, chat, type, time, came, attempts, part, at, delivered, ending, said) |
 * | parts:<n> | the parts of its answer (list) |
 * | chat:<chat_id> | the waiting messages of a chat, by the time of sending (sorted set of n) |
 * | ready | chats with waiting messages, in the order of their turns (sorted set) |
 * | busy | which n a chat is busy with (hash) |
 * | claims | n → owner, fence, whether its chat is busy for it (hash) |
 * | owner:<id> | a gateway's lease; the gateway renews it, it expires after some seconds (string) |
 * | parked | the last 100 parked (list) |
 * | n, fence, turn, waiting, bytes | counters; bytes of the messages that are not finished |
 * | chatbytes | of these, those of each chat (hash) |
 *
 * Each claim gets a higher fence than the ones before, and each later report must carry that fence:
 * a gateway that was cut off and returns learns that the claim is no longer its own. Commands may
 * repeat or arrive late, over a replaced connection: they are numbered (`said`), so that stale ones
 * are ignored.
 */

/** KEYS[1] prefix · ARGV event_id, message_id, chat_id, type, time, message, remember (ms), most, now, bytes, most bytes → new|duplicate|full|chat-full, waiting in the chat, in all */
const receive = `
local p = KEYS[1]
local event, message = p .. 'seen:e:' .. ARGV[1], p .. 'seen:m:' .. ARGV[2]
local chat = p .. 'chat:' .. ARGV[3]
if redis.call('EXISTS', event, message) > 0 then
  return {'duplicate', redis.call('ZCARD', chat), tonumber(redis.call('GET', p .. 'waiting') or '0')}
end
local waiting = tonumber(redis.call('GET', p .. 'waiting') or '0')
local size, most, mostBytes = tonumber(ARGV[10]), tonumber(ARGV[8]), tonumber(ARGV[11])
local bytes = tonumber(redis.call('GET', p .. 'bytes') or '0')
local inChat = redis.call('ZCARD', chat)
local chatBytes = tonumber(redis.call('HGET', p .. 'chatbytes', ARGV[3]) or '0')
if waiting >= most or bytes + size > mostBytes then return {'full', inChat, waiting} end
local function share(all, used) return math.ceil(math.max(all / 100, (all - used) / 9)) end
if inChat > share(most, waiting) or chatBytes > share(mostBytes, bytes) then return {'chat-full', inChat, waiting} end
redis.call('INCRBY', p .. 'bytes', size)
redis.call('HINCRBY', p .. 'chatbytes', ARGV[3], size)
local n = redis.call('INCR', p .. 'n')
redis.call('SET', event, n, 'PX', ARGV[7])
redis.call('SET', message, n, 'PX', ARGV[7])
redis.call('HSET', p .. 'entry:' .. n, 'message', ARGV[6], 'chat', ARGV[3], 'type', ARGV[4], 'time', ARGV[5], 'came', ARGV[9], 'attempts', 0, 'delivered', 0, 'size', size)
redis.call('ZADD', chat, ARGV[5], string.format('%015d', n))
redis.call('ZADD', p .. 'ready', 'NX', redis.call('INCR', p .. 'turn'), ARGV[3])
return {'new', redis.call('ZCARD', chat), redis.call('INCR', p .. 'waiting')}
`;

/** Puts n into its chat's queue again. */
const requeue = `
local function requeue(p, n)
  local entry = p .. 'entry:' .. n
  local chat, time = unpack(redis.call('HMGET', entry, 'chat', 'time'))
  if not chat then return end
  redis.call('ZADD', p .. 'chat:' .. chat, time, string.format('%015d', n))
  redis.call('ZADD', p .. 'ready', 'NX', redis.call('INCR', p .. 'turn'), chat)
  redis.call('INCR', p .. 'waiting')
end
local function free(p, n)
  local chat = redis.call('HGET', p .. 'entry:' .. n, 'chat')
  if chat and redis.call('HGET', p .. 'busy', chat) == n then redis.call('HDEL', p .. 'busy', chat) end
  redis.call('HDEL', p .. 'claims', n)
end
local function dequeue(p, chat, member)
  redis.call('ZREM', p .. 'chat:' .. chat, member)
  redis.call('DECR', p .. 'waiting')
  if redis.call('ZCARD', p .. 'chat:' .. chat) == 0 then redis.call('ZREM', p .. 'ready', chat)
  else redis.call('ZADD', p .. 'ready', redis.call('INCR', p .. 'turn'), chat) end
end
local function give(p, n, owner)
  local fence = redis.call('INCR', p .. 'fence')
  local token = owner .. ' ' .. fence
  redis.call('HSET', p .. 'claims', n, token)
  local entry = p .. 'entry:' .. n
  redis.call('HINCRBY', entry, 'attempts', 1)
  redis.call('HDEL', entry, 'said')
  local fields = redis.call('HMGET', entry, 'message', 'attempts', 'part', 'at', 'delivered', 'ending')
  for i = 1, 6 do fields[i] = fields[i] or '' end
  return {n, token, fields, redis.call('LRANGE', p .. 'parts:' .. n, 0, -1), tonumber(redis.call('GET', p .. 'waiting') or '0')}
end
`;

/** KEYS[1] prefix · ARGV owner, whether groups may start, the owner's own n's … → n, token, fields, parts, waiting; or nothing */
const claim = `${requeue}
local p, owner = KEYS[1], ARGV[1]
local own = {}
for i = 3, #ARGV do own[ARGV[i]] = true end
local claims = redis.call('HGETALL', p .. 'claims')
for i = 1, #claims, 2 do
  local n, holder = claims[i], string.match(claims[i + 1], '^%S+')
  local isLost = holder ~= owner and redis.call('EXISTS', p .. 'owner:' .. holder) == 0
  -- An answer to us that never arrived leaves a claim that we do not know of: no turn was begun.
  local isUnheard = holder == owner and not own[n]
  if isUnheard then redis.call('HINCRBY', p .. 'entry:' .. n, 'attempts', -1) end
  if isLost or isUnheard then
    free(p, n)
    requeue(p, n)
  end
end
for _, chat in ipairs(redis.call('ZRANGE', p .. 'ready', 0, -1)) do
  if redis.call('HEXISTS', p .. 'busy', chat) == 0 then
    local member = redis.call('ZRANGE', p .. 'chat:' .. chat, 0, 0)[1]
    local n = string.format('%d', tonumber(member))
    if ARGV[2] == '1' or redis.call('HGET', p .. 'entry:' .. n, 'type') == 'p2p' then
      dequeue(p, chat, member)
      redis.call('HSET', p .. 'busy', chat, n)
      return give(p, n, owner)
    end
  end
end
return {'', '', {}, {}, tonumber(redis.call('GET', p .. 'waiting') or '0')}
`;

/** KEYS[1] prefix · ARGV owner, event_id → as claim, though the chat be busy */
const take = `${requeue}
local p = KEYS[1]
local n = redis.call('GET', p .. 'seen:e:' .. ARGV[2])
local chat = n and redis.call('HGET', p .. 'entry:' .. n, 'chat')
local member = n and string.format('%015d', n)
if not chat or not redis.call('ZSCORE', p .. 'chat:' .. chat, member) then
  return {'', '', {}, {}, tonumber(redis.call('GET', p .. 'waiting') or '0')}
end
dequeue(p, chat, member)
return give(p, n, ARGV[1])
`;

/** KEYS[1] prefix · ARGV n, token, which word of this claim, what, … → ok|lost */
const report = `${requeue}
local p, n, count, what = KEYS[1], ARGV[1], tonumber(ARGV[3]), ARGV[4]
if redis.call('HGET', p .. 'claims', n) ~= ARGV[2] then return 'lost' end
local entry, parts = p .. 'entry:' .. n, p .. 'parts:' .. n
if what == 'plan' or what == 'trying' then
  if count <= tonumber(redis.call('HGET', entry, 'said') or '0') then return 'ok' end
  redis.call('HSET', entry, 'said', count)
end
if what == 'plan' then
  if ARGV[5] == '0' then redis.call('DEL', parts) else redis.call('LTRIM', parts, 0, tonumber(ARGV[5]) - 1) end
  for i = 7, #ARGV do redis.call('RPUSH', parts, ARGV[i]) end
  if ARGV[6] ~= '' then redis.call('HSET', entry, 'ending', ARGV[6]) end
elseif what == 'trying' then
  -- Since when it may have arrived: tried again, it is no younger.
  if redis.call('HGET', entry, 'part') ~= ARGV[5] then redis.call('HSET', entry, 'part', ARGV[5], 'at', ARGV[6]) end
elseif what == 'delivered' then
  local delivered = math.max(tonumber(redis.call('HGET', entry, 'delivered')), tonumber(ARGV[5]) + 1)
  redis.call('HSET', entry, 'delivered', delivered)
elseif what == 'released' then
  redis.call('HINCRBY', entry, 'attempts', -1)
  free(p, n)
  requeue(p, n)
else
  if what == 'parked' then
    redis.call('LPUSH', p .. 'parked', ARGV[5])
    redis.call('LTRIM', p .. 'parked', 0, 99)
  end
  -- Entries of earlier versions have no size, and were not counted.
  local chat, size = unpack(redis.call('HMGET', entry, 'chat', 'size'))
  if chat and size then
    redis.call('DECRBY', p .. 'bytes', size)
    if redis.call('HINCRBY', p .. 'chatbytes', chat, -tonumber(size)) <= 0 then redis.call('HDEL', p .. 'chatbytes', chat) end
  end
  free(p, n)
  redis.call('DEL', entry, parts)
end
return 'ok'
`;

/** KEYS[1] prefix → how many are not finished, when the oldest of them came, the parked */
const inspect = `
local p = KEYS[1]
local numbers = redis.call('HKEYS', p .. 'claims')
for _, chat in ipairs(redis.call('ZRANGE', p .. 'ready', 0, -1)) do
  for _, member in ipairs(redis.call('ZRANGE', p .. 'chat:' .. chat, 0, -1)) do numbers[#numbers + 1] = member end
end
local oldest
for _, n in ipairs(numbers) do
  if not oldest or tonumber(n) < oldest then oldest = tonumber(n) end
end
local came = oldest and redis.call('HGET', p .. 'entry:' .. string.format('%d', oldest), 'came') or ''
return {#numbers, came, redis.call('LRANGE', p .. 'parked', 0, -1)}
`;

export const redisScripts = { receive, claim, take, report, inspect } as const;
export type RedisScript = keyof typeof redisScripts;
