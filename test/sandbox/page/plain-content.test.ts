/** What the chat page shows of messages whose type has no view of its own. */
import { expect } from 'vitest';
import { plainContent } from '../../../src/sandbox/page/client/messages/plain-content.ts';
import { everyRow } from '../../support/every-row.ts';

const nameOf = (id: string): string => (id === 'ou_li' ? 'Li Hua' : id);
const noon = `${new Date(2026, 10, 28, 12, 0).getTime()}`;

const rows: readonly (readonly [
  msgType: string,
  content: object,
  kind: string,
  lines: readonly string[],
])[] = [
  [
    'location',
    { name: 'West Lake', longitude: '120.14', latitude: '30.24' },
    'Location',
    ['West Lake', '30.24, 120.14'],
  ],
  ['location', { name: 7 }, 'Location', []],
  ['share_user', { user_id: 'ou_li' }, 'Contact card', ['Li Hua']],
  ['share_chat', { chat_id: 'oc_team' }, 'Group card', ['oc_team']],
  [
    'vote',
    { topic: 'Lunch?', options: ['rice', 'noodles'] },
    'Poll',
    ['Lunch?', '○ rice', '○ noodles'],
  ],
  [
    'todo',
    {
      summary: {
        title: '',
        content: [
          [
            { tag: 'text', text: 'call' },
            { tag: 'text', text: ' Bo' },
          ],
        ],
      },
    },
    'Task',
    ['call Bo'],
  ],
  [
    'share_calendar_event',
    { summary: 'Review', start_time: noon, end_time: 'soon' },
    'Calendar event',
    ['Review', '28 Nov 2026, 12:00'],
  ],
  ['hongbao', { text: '[红包]' }, 'Red packet', ['[红包]']],
  [
    'system',
    {
      template: '{from_user} invited {to_chatters}{unknown}',
      from_user: ['Ann'],
      to_chatters: ['Bo', 'Cy'],
    },
    'Notice',
    ['Ann invited Bo, Cy'],
  ],
  [
    'system',
    {
      type: 'divider',
      params: { divider_text: { text: '新会话', i18n_text: { en_US: 'New session' } } },
    },
    'Notice',
    ['New session'],
  ],
  // A type of tomorrow, and one that is named like a member of every object.
  ['hologram', { text: 'hello' }, 'hologram', ['hello']],
  ['constructor', {}, 'constructor', []],
];

everyRow(rows)('a message of type %s with %j', (msgType, content, kind, lines) => {
  const shown = plainContent(msgType, { ...content }, 'en', nameOf);
  expect(shown).toEqual({ kind, lines });
});
