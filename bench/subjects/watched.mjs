// Loaded before a subject (`--import`): its clock runs CLOCK_FACTOR times as fast, so that a day's
// remembering and forgetting takes minutes, and it tells its parent what it holds when asked.
const factor = Number(process.env.CLOCK_FACTOR ?? 1);
const { now } = Date;
const start = now();
Date.now = () => start + (now() - start) * factor;

process.on('message', () => {
  const resources = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  process.send({ resources, memory: process.memoryUsage() });
});
// Being watched must not keep it alive.
process.channel?.unref();
