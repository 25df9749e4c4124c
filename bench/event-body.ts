/** A message from a person as the platform pushes it, with ids as long as the platform's own. Pure. */
export const benchApp = { appId: 'cli_0123456789abcdef', appSecret: 'bench' } as const;

/** @param id found again in the text, between two #, and so in what echoes it */
export function eventBody(id: string, chat: number, textBytes: number): object {
  const text = `#${id}# `.padEnd(textBytes, 'lorem ipsum ');
  const createTime = String(Date.now());
  return {
    schema: '2.0',
    header: {
      event_id: id.padStart(32, '0'),
      event_type: 'im.message.receive_v1',
      create_time: createTime,
      token: '',
      app_id: benchApp.appId,
      tenant_key: '0123456789abcdef',
    },
    event: {
      sender: {
        sender_id: { open_id: senderOf(chat), union_id: 'on_0', user_id: '' },
        sender_type: 'user',
        tenant_key: '0123456789abcdef',
      },
      message: {
        message_id: `om_${id.padStart(32, '0')}`,
        create_time: createTime,
        update_time: createTime,
        chat_id: `oc_${String(chat).padStart(32, '0')}`,
        chat_type: 'p2p',
        message_type: 'text',
        content: JSON.stringify({ text }),
      },
    },
  };
}

/** The open_id of who writes in a chat. */
export function senderOf(chat: number): string {
  return `ou_${String(chat).padStart(32, '0')}`;
}

/** The ids of the events that a text speaks of. */
export function idsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/#(\d+)#/g)].map(([, id = '']) => id))];
}
