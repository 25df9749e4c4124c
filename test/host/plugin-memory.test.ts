import { expect, test } from 'vitest';
import { PluginMemory } from '../../src/host/plugin-memory.ts';
import { platformMessageId } from '../../src/host/send/message-ids.ts';
import { inbound } from '../channel/messages.ts';

test('gives a message to the host by its own id first, then by one that the host has never seen', () => {
  const { messageIds } = new PluginMemory();
  let at = 1;
  const next = () => messageIds.next('om_1', () => at++);
  const given = [next(), next(), next()];
  expect(given[0]).toBe('om_1');
  expect(new Set(given).size).toBe(3);
  expect(given.map(platformMessageId)).toEqual(['om_1', 'om_1', 'om_1']);
});

test('knows which messages an earlier process may have given to the host', () => {
  const { messageIds } = new PluginMemory();
  expect(messageIds.mayBeKnownToHost('om_1')).toBe(true);
  messageIds.markReceived('om_1');
  expect(messageIds.mayBeKnownToHost('om_1')).toBe(false);
  // A plugin of another process knows nothing of it.
  expect(new PluginMemory().messageIds.mayBeKnownToHost('om_1')).toBe(true);
});

test('replies into a topic to its newest message, else to the message that names it', () => {
  const { topics } = new PluginMemory();
  expect(topics.replyTarget(undefined)).toBeUndefined();
  expect(topics.replyTarget('omt_1')).toBeUndefined();
  expect(topics.replyTarget('om_opener')).toBe('om_opener');
  topics.remember(inbound({ threadId: 'omt_1', messageId: 'om_1' }));
  topics.remember(inbound({ threadId: 'omt_1', messageId: 'om_2' }));
  topics.remember(inbound({ threadId: undefined, messageId: 'om_3' }));
  expect(topics.replyTarget('omt_1')).toBe('om_2');
});

test('remembers where the host has sent something by itself, however the target is written', () => {
  const { sentTargets } = new PluginMemory();
  sentTargets.mark('work', 'feishu:ou_1', undefined);
  expect(sentTargets.has('work', 'user:ou_1', undefined)).toBe(true);
  expect(sentTargets.has('work', 'user:ou_1', 'omt_1')).toBe(false);
  expect(sentTargets.has('other', 'user:ou_1', undefined)).toBe(false);
});

test('counts all that is sent for an app against one limit', () => {
  const memory = new PluginMemory();
  expect(memory.limiterOf('cli_a')).toBe(memory.limiterOf('cli_a'));
  expect(memory.limiterOf('cli_b')).not.toBe(memory.limiterOf('cli_a'));
});
