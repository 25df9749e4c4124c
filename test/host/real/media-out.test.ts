/** Files that an agent of a real host sends: what the person gets of each. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shown } from '../../channel/answer/media/outgoing.ts';
import { opus, png } from '../../support/media-samples.ts';
import { waitFor } from '../../support/wait-for.ts';
import { patience } from './gateway.ts';
import { hostedChannel } from './hosted-channel.ts';

describe.each(['clawdbot', 'openclaw'] as const)('%s', (kind) => {
  /** The agent names the file that its person asked for, as hosts have agents name files. */
  function answerTo(said: string): { readonly text: string } {
    const wanted = said.match(/send-[a-z]+/g)?.at(-1) ?? '';
    const file = (name: string): string => join(channel.host.home, 'workspace', 'out', name);
    const answers: Readonly<Record<string, string>> = {
      'send-image': `Here it is\nMEDIA:${file('chart.png')}`,
      'send-file': `The report\nMEDIA:${file('report.pdf')}`,
      'send-voice': `[[audio_as_voice]]\nMEDIA:${file('voice.opus')}`,
      'send-metadata': 'Found it\nMEDIA:http://169.254.169.254/latest/meta-data/a.png',
      'send-markdown': `Shown here: ![chart](${file('chart.png')})`,
    };
    return { text: answers[wanted] ?? 'nothing' };
  }

  const channel = hostedChannel(kind, {
    answerTo,
    feishu: { dmPolicy: 'open', allowFrom: ['*'], streaming: 'off' },
    async prepare({ home }) {
      const out = join(home, 'workspace', 'out');
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'chart.png'), png(640, 480));
      await writeFile(join(out, 'report.pdf'), '%PDF-1.7\n%%EOF\n');
      await writeFile(join(out, 'voice.opus'), opus(2500));
    },
  });

  async function seen(text: string, count: number): Promise<readonly string[]> {
    const { chatId } = channel.sandbox.say({ text, from: { openId: `ou_${text}`, name: text } });
    const messages = () => channel.sandbox.messages({ chatId, fromBot: true });
    await waitFor(() => expect(messages().length).toBeGreaterThanOrEqual(count), patience);
    return messages().map(({ msgType, content }) => shown(channel.sandbox, msgType, content));
  }

  it('sends images, files and voice messages of the workspace', async () => {
    expect(await seen('send-image', 2)).toEqual(['Here it is', 'image 33']);
    expect(await seen('send-file', 2)).toEqual(['The report', 'file pdf report.pdf']);
    expect(await seen('send-voice', 1)).toEqual([
      expect.stringMatching(/^audio opus voice\.(?:opus|ogg) 2500 ms$/),
    ]);
  });

  it('shows the images of a text', async () => {
    const uploads = () =>
      channel.sandbox.calls().filter(({ path }) => path.endsWith('/im/v1/images'));
    const before = uploads().length;
    expect((await seen('send-markdown', 1)).join('\n')).toMatch(/Shown here/);
    expect(uploads()).toHaveLength(before + 1);
  });

  it('fetches nothing of the network of this machine', async () => {
    // OpenClaw leaves such a medium out by itself; Clawdbot leaves it to the channel.
    const [text, note] = await seen('send-metadata', kind === 'clawdbot' ? 2 : 1);
    expect(text).toMatch(/Found it/);
    if (kind === 'clawdbot') expect(note).toMatch(/could not be sent/);
  });

  it('sends what the command line asks for, caption first', async () => {
    const chart = join(channel.host.home, 'workspace', 'out', 'chart.png');
    const words = [
      'message',
      'send',
      '--channel',
      'feishu',
      '--target',
      channel.sandbox.user.openId,
    ];
    const before = channel.sandbox.messages({ fromBot: true }).length;
    const sent = await channel.host.cli(...words, '--message', 'A chart', '--media', chart);
    expect(sent, sent.stderr).toMatchObject({ code: 0 });
    const messages = channel.sandbox.messages({ fromBot: true }).slice(before);
    expect(
      messages.map(({ msgType, content }) => shown(channel.sandbox, msgType, content)),
    ).toEqual(['A chart', 'image 33']);
  });
});
