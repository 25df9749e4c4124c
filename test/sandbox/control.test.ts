import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import { useSandboxes } from './cleanup.ts';
import { caller, type Reply } from './http/http.ts';

const { start, listen } = useSandboxes();

async function controlled() {
  const sandbox = await start();
  const control = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const response = await fetch(`${sandbox.controlUrl}/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const json = (await response.json()) as Reply['body'];
    return { status: response.status, headers: response.headers, body: json };
  };
  return { sandbox, control };
}

describe('the control URL', () => {
  it('lets another process play the person and see what happened', async () => {
    const { sandbox, control } = await controlled();
    const { events, ready } = listen(sandbox);
    await ready;
    const said = (await control('POST', 'say', { text: 'hi', from: { openId: 'ou_x', name: 'X' } }))
      .body;
    await waitFor(() => expect(events[0]?.event_id).toBe(said.eventId));
    await waitFor(() => expect(sandbox.deliveries()[0]?.ackCode).toBe(200));
    expect((await control('GET', 'deliveries')).body.deliveries).toMatchObject([
      { eventId: said.eventId, ackCode: 200 },
    ]);
    const { messages } = (await control('GET', `messages?chatId=${said.chatId}&fromBot=false`))
      .body;
    expect(messages).toMatchObject([{ messageId: said.messageId, content: '{"text":"hi"}' }]);
    expect((await control('GET', 'messages?fromBot=true')).body.messages).toEqual([]);
    expect((await control('GET', 'connections')).body).toEqual({ connections: 1 });
    expect((await control('POST', 'drop', {})).body).toEqual({ dropped: 1 });
    const { calls } = (await control('GET', 'calls')).body;
    expect(calls.map(({ path }: { path: string }) => path.split('?')[0])).toContain(
      '/callback/ws/endpoint',
    );
    expect(JSON.stringify(calls)).not.toContain('/control/');
  });

  it('lets another process play everything else that a person does', async () => {
    const { sandbox, control } = await controlled();
    const { others, ready } = listen(sandbox, {
      types: ['card.action.trigger'],
      answer: () => ({ toast: { type: 'info', content: 'ok' } }),
    });
    await ready;
    const { messageId, chatId } = (await control('POST', 'say', { text: 'x', chatType: 'group' }))
      .body;
    const call = await caller(sandbox);
    const card = JSON.stringify({ schema: '2.0', body: { elements: [] } });
    const sent = await call('POST', 'im/v1/messages?receive_id_type=chat_id', {
      receive_id: chatId,
      msg_type: 'interactive',
      content: card,
    });
    const clicked = await control('POST', 'click', {
      messageId: sent.body.data.message_id,
      action: { value: { n: 1 } },
    });
    expect(clicked.body).toMatchObject({ answer: { toast: { content: 'ok' } } });
    expect(others).toMatchObject([{ action: { value: { n: 1 } } }]);
    const done = [
      await control('POST', 'edit', { messageId, text: 'y' }),
      await control('POST', 'react', { messageId, emojiType: 'OK' }),
      await control('POST', 'recall', { messageId, by: 'group_manager' }),
      await control('POST', 'menu', { eventKey: 'help' }),
      await control('POST', 'open', {}),
      await control('POST', 'membership', { chatId: 'oc_new', isMember: true }),
      await control('POST', 'disband', { chatId }),
    ];
    expect(done.map(({ status }) => status)).toEqual(done.map(() => 200));
    expect((await control('POST', 'react', { messageId, emojiType: 'OK' })).status).toBe(400);
    expect(sandbox.deliveries().map(({ eventType }) => eventType.replace(/^.*\./, ''))).toEqual([
      'receive_v1',
      'trigger',
      'updated_v1',
      'created_v1',
      'recalled_v1',
      'menu_v6',
      'bot_p2p_chat_entered_v1',
      'added_v1',
      'disbanded_v1',
    ]);
  });

  it('lets another process say every kind of content, of files of any size', async () => {
    const { sandbox, control } = await controlled();
    const { key } = (
      await control('POST', 'resource', { kind: 'file', bytes: 5_000_000, fileName: 'a.mp4' })
    ).body;
    const image = (await control('POST', 'resource', { kind: 'image', base64: 'iVBORw==' })).body;
    const sayings = [
      { images: [image.key], text: 'see' },
      { files: [key] },
      { audio: { key, durationMs: 1200, speechToText: 'hello' } },
      { video: { key, coverKey: image.key } },
      { sticker: 'sticker_1' },
      { card: { schema: '2.0', body: { elements: [] } } },
      { merged: [{ text: 'x', from: { openId: 'ou_a' } }, { merged: [{ images: [image.key] }] }] },
    ];
    for (const saying of sayings) {
      expect((await control('POST', 'say', saying)).body).toHaveProperty('messageId');
    }
    expect(sandbox.messages().map(({ msgType }) => msgType)).toEqual([
      'post',
      'file',
      'audio',
      'media',
      'sticker',
      'interactive',
      'merge_forward',
    ]);
    const cut = { match: { path: '/resources/' }, do: { kind: 'cut', afterBytes: 10 } };
    expect((await control('POST', 'fault', cut)).status).toBe(200);
    const file = sandbox.messages()[1];
    const call = await caller(sandbox);
    const path = `im/v1/messages/${file?.messageId}/resources/${key}?type=file`;
    await expect(call('GET', path)).rejects.toThrow();
  });

  it('answers any input, and never with a failure of its own', async () => {
    const { sandbox, control } = await controlled();
    const { messageId, chatId } = sandbox.say({ text: 'x', chatType: 'group' });
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('x', true, 1, [], {}, messageId, chatId, sandbox.appId, 'OK'),
    );
    const names =
      'text content messageType images files audio video sticker card merged chatId chatType from messageId emojiType remove by action eventKey appId mentionBot isMember kind base64 bytes';
    const input = fc.dictionary(fc.constantFrom(...names.split(' ')), value, { maxKeys: 5 });
    const path = fc.constantFrom(
      ...'say edit recall react click menu open membership disband resource fault'.split(' '),
    );
    await fc.assert(
      fc.asyncProperty(path, input, async (action, body) => {
        const { status } = await control('POST', action, body);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 300 },
    );
  });

  it('changes and makes apps, and reviews versions', async () => {
    const { sandbox, control } = await controlled();
    const call = await caller(sandbox);
    await control('POST', 'app', { bot: false });
    expect((await call('GET', 'bot/v3/info')).body.code).toBe(11205);
    const { appId, appSecret } = (await control('POST', 'app', { create: true, name: 'Second' }))
      .body;
    expect(
      (await (await caller(sandbox, { appId, appSecret }))('GET', 'bot/v3/info')).body.bot.app_name,
    ).toBe('Second');
    expect((await control('POST', 'review', { approve: true })).body).toEqual({ reviewed: false });
    const { key } = (await control('POST', 'resource', { kind: 'image', base64: 'AAAA' })).body;
    expect(key).toMatch(/^img_/);
  });

  it('makes versions, confirms links, and grants scopes, as people do in the console', async () => {
    const { sandbox, control } = await controlled();
    await control('POST', 'app', { reviewRequired: true, adminScopes: ['im:message.group_msg'] });
    expect((await control('POST', 'version', { submit: false })).body).toEqual({
      version: '1.0.1',
      versionId: expect.stringMatching(/^oav_/),
    });
    expect((await control('POST', 'review', { approve: true })).body).toEqual({ reviewed: false });
    const link = (scope: string) => `${sandbox.url}/app/${sandbox.appId}/auth?q=${scope}`;
    const grants = async () => {
      const { scopes } = (await (await caller(sandbox))('GET', 'application/v6/scopes')).body.data;
      const status = (name: string) =>
        scopes.find(({ scope_name }: { scope_name: string }) => scope_name === name)?.grant_status;
      return [status('im:message:recall'), status('im:message.group_msg')];
    };
    await control('POST', 'confirm', { url: link('im:message:recall') });
    await control('POST', 'confirm', { url: link('im:message.group_msg'), waits: true });
    expect(await grants()).toEqual([1, 2]);
    await control('POST', 'version', {});
    expect((await control('POST', 'review', { approve: true })).body).toEqual({ reviewed: true });
    expect(await grants()).toEqual([1, 2]);
    await control('POST', 'grant', { scopes: ['im:message.group_msg'] });
    expect(await grants()).toEqual([1, 1]);
  });

  it('sets faults, for all calls but its own, and clears them', async () => {
    const { sandbox, control } = await controlled();
    const call = await caller(sandbox);
    const fault = { match: {}, do: { kind: 'status', status: 500 } };
    const { id } = (await control('POST', 'fault', fault)).body;
    expect((await call('GET', 'bot/v3/info')).status).toBe(500);
    await control('POST', 'fault/clear', { id });
    expect((await call('GET', 'bot/v3/info')).status).toBe(200);
  });

  it('plays the person who scans', async () => {
    const { sandbox, control } = await controlled();
    expect((await control('POST', 'registration/approve', {})).status).toBe(400);
    await fetch(`${sandbox.url}/oauth/v1/app/registration`, {
      method: 'POST',
      body: new URLSearchParams({ action: 'begin' }),
    });
    const { registrations } = (await control('GET', 'registration')).body;
    expect(registrations).toMatchObject([{ status: 'pending' }]);
    const approved = await control('POST', 'registration/approve', { url: registrations[0].url });
    expect(approved.body.appId).toMatch(/^cli_/);
  });

  it.each([
    ['POST', 'say', { text: 5 }, 400, /text/],
    ['POST', 'say', { txt: 'x' }, 400, /txt/],
    ['POST', 'say', { text: 'x', appId: 'cli_none' }, 400, /cli_none/],
    ['POST', 'say', [], 400, /JSON object/],
    ['POST', 'app', { status: 'sleepy' }, 400, /status/],
    ['POST', 'confirm', { url: 'http://127.0.0.1/app/cli_none/auth?q=a' }, 400, /no app|nothing/],
    ['POST', 'confirm', { url: 'http://127.0.0.1/elsewhere' }, 400, /asks for nothing/],
    ['POST', 'fault', { match: {}, do: { kind: 'magic' } }, 400, /kind/],
    ['POST', 'fault', { match: {}, do: { kind: 'slow', bytesPerSecond: 0 } }, 400, /bytes/],
    ['POST', 'recall', { messageId: 'om_none' }, 400, /om_none/],
    ['POST', 'say', { merged: [{ merged: [{ text: 5 }] }] }, 400, /text/],
    ['GET', 'messages?fromBot=perhaps', undefined, 400, /fromBot/],
    ['GET', 'say', undefined, 404, /no such/],
    ['POST', 'toString', {}, 404, /no such/],
  ])('answers a clear error: %s %s %j', async (method, path, body, status, error) => {
    const { control } = await controlled();
    expect(await control(method, path, body)).toMatchObject({
      status,
      body: { error: expect.stringMatching(error) },
    });
  });

  it('is not found without its token', async () => {
    const { sandbox } = await controlled();
    const other = sandbox.controlUrl.replace(/[0-9a-f]{32}$/, '0'.repeat(32));
    expect((await fetch(`${other}/calls`)).status).toBe(404);
  });

  it('ends the sandbox', async () => {
    const { sandbox, control } = await controlled();
    expect((await control('POST', 'close', {})).status).toBe(200);
    await sandbox.closed;
    await expect(fetch(`${sandbox.controlUrl}/calls`)).rejects.toThrow();
  });
});
