/** What hosts want sent beside text, in the words and forms of each of them. */
import { expect, it } from 'vitest';
import { hostMessageOf, hostTextOf } from '../../../src/host/send/host-message.ts';
import { withPresentation } from '../../../src/host/send/presentation-payload.ts';
import { everyRow } from '../../support/every-row.ts';

const clawdbotRequest = [
  '🔒 Exec approval required',
  'ID: 3f2c-11',
  'Command: rm -rf **build**',
  'CWD: /srv',
  'Expires in: 120s',
  'Reply with: /approve <id> allow-once|allow-always|deny',
].join('\n');

const openclawRequest = [
  '🔒 Exec approval required',
  'ID: 9a-b.c:1',
  'Command: `ls`',
  'Expires in: 1h 2m',
  'Mode: foreground (interactive approvals available in this chat).',
  'Reply with: /approve 9a-b.c:1 allow-once|deny',
  'Allow Always is unavailable for this command.',
].join('\n');

it('reads an approval that a host asks for in words', () => {
  expect(hostMessageOf({ text: clawdbotRequest })).toMatchObject({
    kind: 'item',
    item: {
      kind: 'buttons',
      isLiteral: true,
      mayPress: 'commanders',
      forMs: 120_000,
      subject: 'approval:3f2c-11',
      rows: [
        [
          { text: { en: 'Allow once', zh: '允许一次' }, value: '/approve 3f2c-11 allow-once' },
          { value: '/approve 3f2c-11 allow-always' },
          { value: '/approve 3f2c-11 deny', style: 'danger' },
        ],
      ],
    },
  });
  expect(hostMessageOf({ text: openclawRequest })).toMatchObject({
    item: {
      forMs: 3_720_000,
      rows: [[{ value: '/approve 9a-b.c:1 allow-once' }, { value: '/approve 9a-b.c:1 deny' }]],
    },
  });
});

everyRow([
  ['a quoted request', `He wrote:\n${clawdbotRequest}`],
  ['a request without its line of commands', clawdbotRequest.replace(/Reply with.*/, '')],
  ['an id that is none', clawdbotRequest.replace('3f2c-11', 'a b; rm')],
  ['other words', 'Reply with: /approve 1 deny'],
  ['nothing', ''],
])('takes %s for text', (_case, text) => {
  expect(hostMessageOf({ text })).toEqual({ kind: 'text' });
  expect(hostTextOf({ text })).toBe(text);
});

everyRow([
  ['⏱️ Exec approval expired. ID: 3f2c-11', 'Expired: no decision was made.'],
  ['✅ Exec approval allowed once. Resolved by feishu:ou_a. ID: 3f2c-11', 'Allowed once.'],
  ['✅ Exec approval allowed always. ID: 3f2c-11', 'Allowed always.'],
  ['✅ Plugin approval denied. Resolved by Web. ID: 3f2c-11', 'Denied.'],
])('reads how an approval ended: %s', (text, en) => {
  expect(hostMessageOf({ text })).toEqual({
    kind: 'approval-end',
    subject: 'approval:3f2c-11',
    says: { en, zh: expect.stringMatching(/\p{Script=Han}/u) },
  });
});

it('reads what OpenClaw presents', () => {
  const presentation = {
    title: 'Deploy?',
    blocks: [
      { type: 'text', text: 'The build is **green**.' },
      { type: 'divider' },
      {
        type: 'buttons',
        buttons: [
          { label: 'Yes', action: { type: 'command', command: '/deploy now' }, style: 'success' },
          { label: 'Later', value: 'later', reusable: true },
          { label: 'Docs', url: 'https://example.com/docs' },
          { label: 'Off', value: 'x', disabled: true },
          { label: 'Odd', action: { type: 'model-picker', version: 1 } },
          { value: 'without a label' },
          null,
        ],
      },
      { type: 'select', placeholder: 'Where', options: [{ label: 'Oslo', value: 'oslo' }] },
      { type: 'buttons', buttons: 'none' },
      7,
    ],
  };
  const expected = {
    kind: 'item',
    item: {
      kind: 'buttons',
      text: 'Ready.\n\n**Deploy?**\n\nThe build is **green**.\n\n---\n\nWhere',
      rows: [
        [
          { text: 'Yes', value: '/deploy now', style: 'primary', isReusable: false },
          { text: 'Later', value: 'later', style: 'default', isReusable: true },
          { text: 'Docs', url: 'https://example.com/docs', style: 'default', isReusable: false },
        ],
        [{ text: 'Oslo', value: 'oslo', style: 'default', isReusable: false }],
      ],
    },
  };
  expect(hostMessageOf({ text: 'Ready.', presentation })).toEqual(expected);
  const { channelData } = withPresentation({}, presentation);
  expect(hostMessageOf({ text: 'Ready.', channelData })).toEqual(expected);
});

it('reads an approval that OpenClaw gives as data', () => {
  const execApproval = {
    approvalId: 'id-1',
    approvalSlug: 'id',
    allowedDecisions: ['allow-once', 'deny', 'sudo'],
    state: 'pending',
  };
  const action = { type: 'approval', approvalId: 'id-1', approvalKind: 'exec' };
  const buttons = [{ label: 'Deny', action: { ...action, decision: 'deny' } }];
  const presentation = { blocks: [{ type: 'buttons', buttons }] };
  const text = 'Approval required.\nExpires in: 5m 3s';
  const item = { mayPress: 'commanders', forMs: 303_000, subject: 'approval:id-1' };
  expect(hostMessageOf({ text, channelData: { execApproval } })).toMatchObject({
    item: {
      ...item,
      rows: [[{ value: '/approve id-1 allow-once' }, { value: '/approve id-1 deny' }]],
    },
  });
  expect(hostMessageOf({ text, presentation, channelData: { execApproval } })).toMatchObject({
    item: { ...item, rows: [[{ value: '/approve id-1 deny' }]] },
  });
  const resolved = { execApproval: { ...execApproval, state: 'resolved' } };
  expect(hostMessageOf({ text: 'Done', channelData: resolved })).toMatchObject({
    kind: 'approval-end',
    subject: 'approval:id-1',
  });
});

it('reads what an agent gives for this channel', () => {
  const card = { schema: '2.0', body: { elements: [] } };
  expect(hostMessageOf({ channelData: { feishu: { card } } })).toEqual({
    kind: 'item',
    item: { kind: 'card', card },
  });
  const buttons = [[{ text: 'Go', callback_data: 'go on' }, { no: 1 }], 'x'];
  expect(hostMessageOf({ text: 'Well?', channelData: { feishu: { buttons } } })).toMatchObject({
    item: { kind: 'buttons', text: 'Well?', rows: [[{ text: 'Go', value: 'go on' }], []] },
  });
  for (const channelData of [null, 7, [], { feishu: 'x' }, { execApproval: {} }]) {
    expect(hostMessageOf({ text: 'hi', channelData })).toEqual({ kind: 'text' });
  }
});
