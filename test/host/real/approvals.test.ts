/** Approvals of the real hosts as cards: pressed by the wrong person, the right one, twice, too late. */
import { beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { type Ended, patience } from './gateway.ts';
import { hostedChannel } from './hosted-channel.ts';

const owner = { openId: 'ou_owner', name: 'Olivia' };
const guest = { openId: 'ou_guest', name: 'Gus' };
const chatId = 'oc_ops';

describe.each(['clawdbot', 'openclaw'] as const)('%s', (kind) => {
  const channel = hostedChannel(kind, {
    answerTo: () => ({ text: 'pong' }),
    feishu: { allowFrom: [owner.openId] },
    configure(config) {
      const targets = [{ channel: 'feishu', to: `chat:${chatId}` }];
      config.approvals = { exec: { enabled: true, mode: 'targets', targets } };
    },
  });

  beforeAll(async () => {
    const { sandbox } = channel;
    // The group is there when somebody has written in it.
    sandbox.say({ chatId, chatType: 'group', mentionBot: true, from: owner, text: 'hello' });
    await waitFor(
      () => expect(sandbox.messages({ chatId, fromBot: true })).not.toEqual([]),
      patience,
    );
  });

  const cards = () =>
    channel.sandbox
      .messages({ chatId, fromBot: true })
      .filter(({ msgType }) => msgType === 'interactive');
  /** The host's answer to a press can be a card, too. */
  const requests = () => cards().filter(({ content }) => content.includes('make **release**'));
  const contentOf = (messageId: string) =>
    cards().find((card) => card.messageId === messageId)?.content ?? '';

  /** Asks as a tool of the agent does, and waits for the card. */
  async function ask(timeoutMs: number): Promise<{ messageId: string; decided: Promise<Ended> }> {
    const known = requests().length;
    const params = JSON.stringify({
      command: 'make **release**',
      cwd: channel.host.home,
      timeoutMs,
    });
    const words = ['exec.approval.request', '--params', params, '--timeout', '180000', '--json'];
    const decided = channel.host.cli('gateway', 'call', ...words);
    await waitFor(() => expect(requests().length).toBe(known + 1), patience);
    return { messageId: requests().at(-1)?.messageId ?? '', decided };
  }

  const toast = async (messageId: string, from: typeof owner, button: string) => {
    const { answer } = await channel.sandbox.click({ messageId, from, button });
    return (answer?.toast as { content?: string } | undefined)?.content;
  };

  it('shows a request as a card, which the right person decides, once', async () => {
    const { messageId, decided } = await ask(120_000);
    expect(contentOf(messageId)).toContain('make **release**');
    expect(contentOf(messageId)).not.toContain('Reply with');
    const [denied] = [await toast(messageId, guest, 'Deny')];
    expect(denied).toMatch(/You cannot decide this/);
    expect(contentOf(messageId)).toContain('"button"');
    const presses = await Promise.all([
      toast(messageId, owner, 'Allow once'),
      toast(messageId, owner, 'Deny'),
    ]);
    expect(presses.filter((said) => said?.startsWith('You chose'))).toHaveLength(1);
    expect(presses.filter((said) => said?.startsWith('This is already decided'))).toHaveLength(1);
    const { stdout, stderr } = await decided;
    const chosen = presses[0]?.startsWith('You chose') ? 'allow-once' : 'deny';
    expect(`${stdout}${stderr}`).toContain(`"decision": "${chosen}"`);
    await waitFor(() => expect(contentOf(messageId)).toContain('Olivia chose'), patience);
    expect(contentOf(messageId)).not.toContain('"button"');
  });

  it('takes the buttons away when nobody has decided in time', async () => {
    const { messageId, decided } = await ask(4000);
    await decided;
    await waitFor(() => expect(contentOf(messageId)).not.toContain('"button"'), patience);
    expect(contentOf(messageId)).toContain('Expired');
    // An old client still shows the buttons.
    const texts = channel.sandbox.messages({ chatId, fromBot: true }).map(({ content }) => content);
    expect(texts.filter((text) => text.includes('approval expired'))).toEqual([]);
  });
});
