import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Listener, listen } from './sdk.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function sandboxWith(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  cleanups.push(() => sandbox.close());
  return sandbox;
}

function listening(...args: Parameters<typeof listen>): Listener {
  const listener = listen(...args);
  cleanups.push(() => listener.close());
  return listener;
}

describe('events over the long connection', () => {
  it('reach the SDK handler, flattened, and are acknowledged', async () => {
    const sandbox = await sandboxWith();
    const { events, ready } = listening(sandbox);
    await ready;
    const said = sandbox.say({ text: 'hello' });
    await vi.waitFor(() => expect(events).toHaveLength(1));
    expect(events[0]).toMatchObject({
      event_id: said.eventId,
      app_id: sandbox.appId,
      event_type: 'im.message.receive_v1',
      sender: { sender_id: { open_id: sandbox.user.openId }, sender_type: 'user' },
      message: {
        message_id: said.messageId,
        chat_id: said.chatId,
        chat_type: 'p2p',
        message_type: 'text',
        content: '{"text":"hello"}',
      },
    });
    await vi.waitFor(() => expect(sandbox.deliveries()[0]?.ackCode).toBe(200));
    expect(sandbox.deliveries()).toHaveLength(1);
  });
});
