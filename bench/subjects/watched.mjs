// Loaded before a subject (`--import`): its clock runs as much faster as its parent says, so that a
// day's remembering and forgetting takes minutes, and it tells what it holds when asked.
const { now } = Date;
let [shown, since, factor] = [now(), now(), 1];
Date.now = () => shown + (now() - since) * factor;

process.on('message', ({ clockFactor }) => {
  if (clockFactor !== undefined) {
    [shown, since, factor] = [Date.now(), now(), clockFactor];
    return;
  }
  const resources = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  process.send({ resources, memory: process.memoryUsage(), time: Date.now() });
});
// Being watched must not keep it alive.
process.channel?.unref();
