/** What a chat can hold, all of it at once: for what has to be looked at as a whole. */
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { qrPng } from '../../src/wizard/link/qr-code.ts';
import type { caller } from '../sandbox/http/http.ts';

/** Messages of two people; resolves with the chat with the bot. */
export async function everyMessage(sandbox: Sandbox): Promise<string> {
  const { chatId, messageId } = sandbox.say({ text: 'How were sales last week?' });
  const other = { openId: sandbox.user.openId };
  const image = sandbox.putResource('image', qrPng('moltbot-feishu', 4));
  const file = sandbox.putResource('file', Buffer.from('report'), 'report.txt');
  sandbox.say({
    content: {
      title: 'A post',
      content: [
        [
          { tag: 'text', text: 'bold', style: ['bold'] },
          { tag: 'text', text: ' and a ' },
          { tag: 'a', text: 'link', href: 'https://open.feishu.cn' },
        ],
        [{ tag: 'img', image_key: image }],
      ],
    },
  });
  sandbox.say({ images: [image] });
  sandbox.say({ files: [file] });
  sandbox.say({ audio: { key: file, durationMs: 2_000 } });
  sandbox.say({ sticker: 'sticker' });
  sandbox.say({ merged: [{ text: 'one' }, { text: 'two' }] });
  sandbox.recall({ messageId: sandbox.say({ text: 'a slip' }).messageId });
  sandbox.edit({ messageId: sandbox.say({ text: 'edit me' }).messageId, text: 'edited' });
  sandbox.react({ messageId, emojiType: 'THUMBSUP', from: other });
  return chatId;
}

/** A bot's answers: a text, a post and a card with every part that people use. */
export async function everyCard(
  call: Awaited<ReturnType<typeof caller>>,
  { user }: Sandbox,
  chatId: string,
): Promise<void> {
  const send = async (msgType: string, content: object): Promise<void> => {
    const { body } = await call('POST', 'im/v1/messages?receive_id_type=chat_id', {
      receive_id: chatId,
      msg_type: msgType,
      content: JSON.stringify(content),
    });
    if (body.code !== 0) throw new Error(JSON.stringify(body));
  };
  await send('text', { text: `<at user_id="${user.openId}">You</at> here they are:` });
  await send('post', {
    en_us: {
      title: 'Sales',
      content: [[{ tag: 'md', text: '# not a heading\n- **up** by `12 %`' }]],
    },
  });
  await send('interactive', {
    schema: '2.0',
    header: {
      title: { tag: 'plain_text', content: 'Sales, last week' },
      subtitle: { tag: 'plain_text', content: 'all shops' },
      template: 'green',
      text_tag_list: [
        { tag: 'text_tag', text: { tag: 'plain_text', content: 'final' }, color: 'blue' },
      ],
    },
    body: {
      elements: [
        {
          tag: 'markdown',
          content:
            '### By city\n\n| city | change |\n|---|---|\n| Shanghai | <font color="green">+12 %</font> |\n| Paris | <font color="red">-3 %</font> |\n\n> a quote, `code` and [a link](https://open.feishu.cn)\n\n```sh\nnpx moltbot-feishu setup\n```',
        },
        {
          tag: 'table',
          page_size: 2,
          columns: [
            { name: 'day', display_name: 'Day', data_type: 'text' },
            { name: 'sum', display_name: 'Sum', data_type: 'number' },
          ],
          rows: [
            { day: 'Mon', sum: 12 },
            { day: 'Tue', sum: 7 },
            { day: 'Wed', sum: 9 },
          ],
        },
        {
          tag: 'collapsible_panel',
          expanded: true,
          header: { title: { tag: 'plain_text', content: 'How it was counted' } },
          elements: [{ tag: 'markdown', content: 'Orders that were paid.' }],
        },
        {
          tag: 'div',
          text: {
            tag: 'plain_text',
            content: 'as of today',
            text_size: 'notation',
            text_color: 'grey',
          },
        },
        {
          tag: 'column_set',
          columns: ['primary', 'default', 'danger'].map((type, index) => ({
            tag: 'column',
            width: 'auto',
            elements: [
              {
                tag: 'button',
                type,
                text: { tag: 'plain_text', content: ['Approve', 'Ask again', 'Refuse'][index] },
                behaviors: [{ type: 'callback', value: { index } }],
              },
            ],
          })),
        },
        {
          tag: 'form',
          name: 'form',
          elements: [
            { tag: 'input', name: 'why', label: { tag: 'plain_text', content: 'Why' } },
            {
              tag: 'select_static',
              name: 'who',
              placeholder: { tag: 'plain_text', content: 'Who' },
              options: [{ text: { tag: 'plain_text', content: 'Li Hua' }, value: 'li' }],
            },
            {
              tag: 'button',
              name: 'send',
              form_action_type: 'submit',
              type: 'primary',
              text: { tag: 'plain_text', content: 'Submit' },
            },
          ],
        },
      ],
    },
  });
}
