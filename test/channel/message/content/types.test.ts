import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readMessage } from '../../../../src/channel/message/content/content.ts';
import type { ContentType } from '../../../../src/channel/message/content/content-type.ts';
import { contentTypes } from '../../../../src/channel/message/content/types/all.ts';
import { everyRow } from '../../../support/every-row.ts';

const folder = fileURLToPath(
  new URL('../../../../src/channel/message/content/types/', import.meta.url),
);

function read(messageType: string, content: unknown, lang: 'en' | 'zh' = 'en') {
  return readMessage(
    { messageType, content: JSON.stringify(content), mentions: [] },
    { botOpenId: 'ou_bot', lang },
  );
}

test('every message type is listed, and no name is claimed by two', async () => {
  const files = readdirSync(folder).filter((name) => name !== 'all.ts');
  const modules = await Promise.all(files.map((name) => import(`${folder}${name}`)));
  const declared = modules.flatMap((module) =>
    (Object.values(module) as ContentType[]).filter((value) => Array.isArray(value?.names)),
  );
  expect(new Set(contentTypes)).toEqual(new Set(declared));
  const names = contentTypes.flatMap(({ names: all }) => all);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

everyRow([
  ['vote', { topic: 'Lunch?', options: ['rice', 'noodles'] }, '[poll: Lunch? – rice / noodles]'],
  [
    'todo',
    {
      summary: { title: 'Buy milk', content: [[{ tag: 'text', text: 'two litres' }]] },
      due_time: '1795734000000',
    },
    '[task: Buy milk two litres, due 2026-11-26 23:00 UTC]',
  ],
  [
    'share_calendar_event',
    { summary: 'Standup', start_time: '1795734000000', end_time: '1795735800000' },
    '[calendar event: Standup, 2026-11-26 23:00 UTC – 2026-11-26 23:30 UTC]',
  ],
  [
    'video_chat',
    { topic: 'Sync', start_time: '1795734000000' },
    '[video call: Sync, 2026-11-26 23:00 UTC]',
  ],
  [
    'location',
    { name: 'Berlin', longitude: '13.4', latitude: '52.5' },
    '[location: Berlin, 52.5 13.4]',
  ],
  ['share_chat', { chat_id: 'oc_1' }, '[shared group: oc_1]'],
  ['share_user', { user_id: 'ou_1' }, '[shared contact: ou_1]'],
  [
    'system',
    {
      template: '{from_user} invited {to_chatters}{x}',
      from_user: ['Ann'],
      to_chatters: ['B', 'C'],
    },
    '[system message: Ann invited B, C]',
  ],
  [
    'audio',
    { file_key: 'f', duration: 2000, speech_to_text: 'see you' },
    '[voice message 1: 0:02] see you',
  ],
  [
    'interactive',
    { title: '', elements: [[{ tag: 'text', text: '请升级至最新版本客户端，以查看内容' }]] },
    '[card]',
  ],
  [
    'interactive',
    {
      user_dsl: JSON.stringify({
        schema: '2.0',
        header: { title: { tag: 'plain_text', content: 'Build' } },
        body: { elements: [{ tag: 'markdown', content: 'passed' }] },
      }),
    },
    '[card: Build]\npassed',
  ],
  ['video_chat', { topic: 'Sync', start_time: 'soon' }, '[video call: Sync]'],
  ['video_chat', { topic: 'Sync', start_time: '9e99' }, '[video call: Sync]'],
])('%s with its details: %j', (type, content, expected) => {
  expect(read(type, content).text).toBe(expected);
});

everyRow([
  ['image', { image_key: 'img_1' }, [{ kind: 'image', key: 'img_1', placeholder: '[image 1]' }]],
  [
    'file',
    { file_key: 'f', file_name: '报告.pdf' },
    [{ kind: 'file', key: 'f', name: '报告.pdf', placeholder: '[file 1: 报告.pdf]' }],
  ],
  [
    'audio',
    { file_key: 'f', duration: 2000, speech_to_text: ' see you ' },
    [
      {
        kind: 'audio',
        key: 'f',
        durationMs: 2000,
        transcript: 'see you',
        placeholder: '[voice message 1: 0:02]',
      },
    ],
  ],
  [
    'media',
    { file_key: 'f', image_key: 'i', file_name: 'v.mp4', duration: 3_661_000 },
    [
      {
        kind: 'video',
        key: 'f',
        name: 'v.mp4',
        durationMs: 3_661_000,
        placeholder: '[video 1: v.mp4, 1:01:01]',
      },
    ],
  ],
  // The platform gives out no folder and no sticker.
  ['folder', { file_key: 'f', file_name: 'docs' }, []],
  ['sticker', { file_key: 'f' }, []],
  ['image', {}, []],
  ['text', { text: 'hi' }, []],
])('%s %j has the attachments %j', (type, content, expected) => {
  const { attachments } = read(type, content);
  expect(attachments).toEqual(expected.map((one, index) => ({ id: index + 1, ...one })));
});
