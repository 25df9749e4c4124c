/** Rules for what changes a message later: edits, patches, recalls, forwards, updates by a click's token. */
import { describe, expect, it } from 'vitest';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';
import { answerCard, cardRoom } from './rooms.ts';

const { start, listen } = useSandboxes();
const day = 24 * 60 * 60_000;
const json = JSON.stringify;

async function room() {
  const made = await cardRoom(start);
  const { call, chatId } = made;
  const send = async (msg_type: string, content: object): Promise<string> =>
    (
      await call('POST', 'im/v1/messages?receive_id_type=chat_id', {
        receive_id: chatId,
        msg_type,
        content: json(content),
      })
    ).body.data.message_id;
  return { ...made, sendAs: send };
}

describe('a message of the bot', () => {
  it('is edited and recalled within the time that the administrator allows, by its sender', async () => {
    const { call, sendAs, pass, sandbox } = await room();
    const id = await sendAs('text', { text: 'a' });
    const edit = (by = call) =>
      by('PUT', `im/v1/messages/${id}`, { msg_type: 'text', content: json({ text: 'b' }) });
    const recall = (by = call) => by('DELETE', `im/v1/messages/${id}`);
    const other = sandbox.createApp();
    sandbox.setMembership(sandbox.messages()[0]?.chatId ?? '', true, other.appId);
    const otherCall = await caller(sandbox, other);
    const codes = [(await edit()).body.code, (await edit(otherCall)).body.code];
    codes.push((await recall(otherCall)).body.code);
    sandbox.changeTenant({ editWindowMs: 60_000 });
    pass(61_000);
    codes.push((await edit()).body.code, (await recall()).body.code);
    const late = await sendAs('text', { text: 'late' });
    pass(day + 1000);
    codes.push((await call('DELETE', `im/v1/messages/${late}`)).body.code);
    expect(codes).toEqual([0, 230071, 230026, 230075, 0, 230009]);
    expect(
      (
        await call('POST', `im/v1/messages/${id}/reply`, {
          msg_type: 'text',
          content: json({ text: 'x' }),
        })
      ).body.code,
    ).toBe(230011);
  });

  it('is patched only as a shared card', async () => {
    const { call, sendAs, pass } = await room();
    const shared = { config: { update_multi: true }, elements: [] };
    const own = { elements: [] };
    const patch = (id: string, card: object) =>
      call('PATCH', `im/v1/messages/${id}`, { content: json(card) });
    const [one, other] = [await sendAs('interactive', shared), await sendAs('interactive', own)];
    const found = [await patch(one, shared), await patch(one, own), await patch(other, shared)];
    pass(14 * day + 1000);
    found.push(await patch(one, shared));
    expect(found.map(({ body }) => body.code)).toEqual([0, 230099, 230099, 230031]);
    expect(found[1]?.body.msg).toMatch(/300302/);
  });

  it('is forwarded, but not while it streams, and not where it forbids it', async () => {
    const { call, sendAs, open, chatId, sandbox } = await room();
    const forward = (id: string) =>
      call('POST', `im/v1/messages/${id}/forward?receive_id_type=chat_id`, { receive_id: chatId });
    const { message, settings } = await open();
    const closed = { schema: '2.0', config: { enable_forward: false }, body: { elements: [] } };
    const found = [await forward(await sendAs('text', { text: 'a' })), await forward(message)];
    await settings({ streaming_mode: false });
    found.push(await forward(message), await forward(await sendAs('interactive', closed)));
    expect(found.map(({ body }) => body.code)).toEqual([0, 230054, 0, 230054]);
    expect(sandbox.messages({ fromBot: true })).toHaveLength(5);
  });
});

describe('the token of a click', () => {
  async function clicked(options: { readonly early?: boolean } = {}) {
    const here = await room();
    const { sandbox, call, sendAs } = here;
    const button = {
      tag: 'button',
      text: { tag: 'plain_text', content: 'Go' },
      behaviors: [{ type: 'callback', value: {} }],
    };
    const id = await sendAs('interactive', { schema: '2.0', body: { elements: [button] } });
    const card = (content: string) => ({
      schema: '2.0',
      body: { elements: [{ tag: 'markdown', content }] },
    });
    const update = async (token: unknown, content: string, by = call): Promise<number> =>
      (await by('POST', 'interactive/v1/card/update', { token, card: card(content) })).body.code;
    const { others, ready } = listen(sandbox, {
      types: ['card.action.trigger'],
      answer: async ({ token }) => {
        if (options.early) await update(token, 'early');
        return {};
      },
    });
    await ready;
    await sandbox.click({ messageId: id, button: 'Go' });
    const shown = () => sandbox.messages().find(({ messageId }) => messageId === id)?.content;
    return { ...here, token: others[0]?.token, update, shown };
  }

  it('updates the card twice, by its app', async () => {
    const { token, update, shown, sandbox } = await clicked();
    const otherCall = await caller(sandbox, sandbox.createApp());
    const codes = [
      await update(token, 'x', otherCall),
      await update(token, 'one'),
      await update(token, 'two'),
      await update(token, 'three'),
      await update('c-no', 'x'),
    ];
    expect(codes).toEqual([10002, 0, 0, 10002, 10002]);
    expect(shown()).toContain('two');
  });

  it('is good for thirty minutes', async () => {
    const { token, update, pass } = await clicked();
    pass(30 * 60_000);
    expect(await update(token, 'one')).toBe(0);
    pass(1);
    expect(await update(token, 'two')).toBe(10002);
  });

  it('before the click is answered updates nothing that lasts', async () => {
    const { shown } = await clicked({ early: true });
    expect(shown()).toContain('Go');
  });

  it('updates the entity that the message shows, too', async () => {
    const { open, call, next } = await room();
    const card = await open(answerCard('a', { streaming_mode: false }));
    await call('PATCH', `im/v1/messages/${card.message}`, {
      content: json(answerCard('b', { streaming_mode: false })),
    });
    await card.add([{ tag: 'hr' }]);
    expect(card.shown().body.elements).toHaveLength(2);
    expect(card.shown().body.elements[0].content).toBe('b');
    expect(next()).toBe(2);
  });
});
