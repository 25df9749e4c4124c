import { describe, expect, it } from 'vitest';
import type { AppState, Sandbox } from '../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';
import type { OtherEvent } from '../sdk.ts';

const { start, listen } = useSandboxes();
const types = ['card.action.trigger'];
const card = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: 'Delete it?' }] } };

async function sendCard(sandbox: Sandbox, content: object = card): Promise<string> {
  const { chatId } = sandbox.say({ text: 'hi' });
  const call = await caller(sandbox);
  const sent = await call('POST', 'im/v1/messages?receive_id_type=chat_id', {
    receive_id: chatId,
    msg_type: 'interactive',
    content: JSON.stringify(content),
  });
  return sent.body.data.message_id;
}

async function answering(answer: (event: OtherEvent) => unknown, ackTimeoutMs = 3000) {
  const sandbox = await start({ ackTimeoutMs });
  const listener = listen(sandbox, { types, answer });
  await listener.ready;
  return { sandbox, listener, messageId: await sendCard(sandbox) };
}

const action = { value: { choice: 'yes' } };

describe('a click on a card', () => {
  it('is a callback whose answer comes back, and whose card is put in place', async () => {
    const after = { schema: '2.0', body: { elements: [{ tag: 'markdown', content: 'Deleted.' }] } };
    const answer = {
      toast: { type: 'success', content: 'done' },
      card: { type: 'raw', data: after },
    };
    const { sandbox, listener, messageId } = await answering(() => answer);
    const clicked = await sandbox.click({ messageId, action });
    expect(clicked).toEqual({ eventId: expect.any(String), answer });
    const [event] = listener.others;
    const { chatId } = sandbox.messages({ fromBot: true })[0] ?? {};
    expect(event).toMatchObject({
      event_id: clicked.eventId,
      event_type: 'card.action.trigger',
      operator: { open_id: sandbox.user.openId, tenant_key: expect.any(String) },
      token: expect.stringMatching(/^c-/),
      action: { tag: 'button', value: { choice: 'yes' } },
      host: 'im_message',
      context: { open_message_id: messageId, open_chat_id: chatId },
      create_time: expect.stringMatching(/^\d{16}$/),
    });
    expect(JSON.parse(sandbox.messages({ fromBot: true })[0]?.content ?? '')).toEqual(after);
  });

  it('carries the values of a form and the person who filled it in', async () => {
    const { sandbox, listener, messageId } = await answering(() => undefined);
    const form = { tag: 'button', name: 'send', form_value: { reason: '太贵', days: ['1', '2'] } };
    const clicked = await sandbox.click({
      messageId,
      from: { openId: 'ou_alice', name: 'Alice' },
      action: form,
    });
    expect(clicked).toEqual({ eventId: expect.any(String), answer: {} });
    expect(listener.others[0]).toMatchObject({ operator: { open_id: 'ou_alice' }, action: form });
  });

  it('on a button named by its label carries what the card says', async () => {
    const { sandbox, listener } = await answering(() => undefined);
    const button = (label: string, fields: object) => ({
      tag: 'button',
      text: { tag: 'plain_text', content: label },
      ...fields,
    });
    const calls = (value: unknown) => ({ behaviors: [{ type: 'callback', value }] });
    const opens = { behaviors: [{ type: 'open_url', default_url: 'https://example.com' }] };
    const messageId = await sendCard(sandbox, {
      schema: '2.0',
      body: {
        elements: [
          {
            tag: 'column_set',
            columns: [{ tag: 'column', elements: [button('允许', calls({ id: 1 }))] }],
          },
          button('Send', { name: 'send', form_action_type: 'submit' }),
          button('Old', { value: 'old' }),
          button('Read', opens),
          button('Late', { disabled: true, ...calls({}) }),
        ],
      },
    });
    await sandbox.click({ messageId, button: '允许' });
    await sandbox.click({ messageId, button: 'Send', action: { form_value: { why: 'x' } } });
    await sandbox.click({ messageId, button: 'Old' });
    expect(listener.others.map(({ action: used }) => used)).toEqual([
      { tag: 'button', value: { id: 1 } },
      { tag: 'button', name: 'send', form_value: { why: 'x' } },
      { tag: 'button', value: 'old' },
    ]);
    for (const label of ['Read', 'Late', 'Missing']) {
      await expect(sandbox.click({ messageId, button: label })).rejects.toThrow(RangeError);
    }
  });

  it.each([
    ['200671 where the handler fails', () => Promise.reject(new Error('no')), 200671],
    [
      '200672 for a toast of a wrong type',
      () => ({ toast: { type: 'pink', content: 'x' } }),
      200672,
    ],
    ['200672 for an answer that is no object', () => ['done'], 200672],
    ['200673 for a card that is none', () => ({ card: { type: 'raw', data: {} } }), 200673],
    [
      '200830 for a card 1.0 in place of a card 2.0',
      () => ({ card: { type: 'raw', data: { elements: [] } } }),
      200830,
    ],
  ])('shows %s', async (_, answer, code) => {
    const { sandbox, messageId } = await answering(answer);
    const before = sandbox.messages({ fromBot: true })[0]?.content;
    expect(await sandbox.click({ messageId, action })).toEqual({
      eventId: expect.any(String),
      code,
    });
    expect(sandbox.messages({ fromBot: true })[0]?.content).toBe(before);
  });

  it('shows 200341 after the time for an answer, and is never sent again', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { sandbox, listener, messageId } = await answering(() => held, 30);
    expect((await sandbox.click({ messageId, action })).code).toBe(200341);
    release();
    // A message that comes after it shows that nothing else is on its way.
    sandbox.say({ text: 'after' });
    await waitFor(() => expect(listener.events).toHaveLength(2));
    expect(listener.others).toHaveLength(1);
    expect(
      sandbox.deliveries().filter(({ eventType }) => eventType === 'card.action.trigger'),
    ).toMatchObject([{ attempt: 1, undelivered: 'gave-up' }]);
  });

  it('shows 200341 where no client is connected', async () => {
    const sandbox = await start();
    const messageId = await sendCard(sandbox);
    expect((await sandbox.click({ messageId, action })).code).toBe(200341);
  });

  it.each<Partial<AppState>>([
    { callbacks: [] },
    { callbackMode: 'webhook' },
    { published: false },
  ])('shows 200340 with %j', async (patch) => {
    const { sandbox, listener, messageId } = await answering(() => ({}));
    sandbox.configureApp(patch);
    expect((await sandbox.click({ messageId, action })).code).toBe(200340);
    expect(listener.others).toEqual([]);
  });

  it('is possible only on a card of a bot that is still there', async () => {
    const { sandbox, messageId } = await answering(() => ({}));
    const said = sandbox.say({ text: 'no card' });
    await expect(sandbox.click({ messageId: said.messageId, action })).rejects.toThrow(/no card/);
    await expect(sandbox.click({ messageId: 'om_none', action })).rejects.toThrow(/no message/);
    sandbox.recall({ messageId });
    await expect(sandbox.click({ messageId, action })).rejects.toThrow(/recalled/);
  });

  it('ends without an answer when the sandbox is closed', async () => {
    const { sandbox, listener, messageId } = await answering(() => new Promise(() => undefined));
    const clicked = sandbox.click({ messageId, action });
    await waitFor(() => expect(listener.others).toHaveLength(1));
    await sandbox.close();
    expect((await clicked).code).toBe(200341);
  });
});
