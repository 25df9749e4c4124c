import { startOurs, startPeer } from './subject.ts';
for (const [name, start] of [['ours', () => startOurs({dmPolicy:'allowlist'})], ['ws', () => startPeer('sdk-ws-client')], ['channel', () => startPeer('sdk-lark-channel')]] as const) {
  const s = await start();
  await s.platform.offer({count: 2000});
  const before = s.cpuMs()!;
  const r = await s.platform.offer({count: Number(process.argv[2] ?? 10000)});
  console.log(name, r, 'cpu/1000', (s.cpuMs()! - before)/(Number(process.argv[2] ?? 10000)/1000), 'rss', s.residentMb());
  await s.stop();
}
