import { request } from 'node:https';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { useSandboxes } from '../cleanup.ts';
import { certificate } from './certificate.ts';

const { start } = useSandboxes();
const ca = certificate.cert;

function post(url: string, body: object): Promise<{ data?: { URL?: string } }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', ca }, async (response) => {
      let text = '';
      for await (const piece of response) text += piece;
      resolve(JSON.parse(text));
    });
    call.once('error', reject).end(JSON.stringify(body));
  });
}

it('serves https and wss with the certificate that it is given', async () => {
  const { url, page, appId, appSecret, connections } = await start({ tls: certificate });
  expect([url, page]).toEqual([
    expect.stringMatching(/^https:\/\/127/),
    expect.stringMatching(/^https:\/\/127/),
  ]);
  const body = { AppID: appId, AppSecret: appSecret };
  const { data } = await post(`${url}/callback/ws/endpoint`, body);
  expect(data?.URL).toMatch(/^wss:\/\/127/);
  const socket = new WebSocket(data?.URL ?? '', { ca });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  expect(connections(appId)).toBe(1);
  socket.close();
});
