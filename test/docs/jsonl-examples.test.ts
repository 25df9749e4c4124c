/** The examples of `--exec-format jsonl` in both languages do what the page says. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../support/home.ts';
import { png } from '../support/media-samples.ts';
import { startRunIn } from '../support/run-process.ts';
import { temporarySandbox } from '../support/sandbox.ts';
import { readPage } from './pages.ts';

/** Not every machine has Python: `npm run test:examples` sees to it that this one does. */
const hasPython = (process.env.PATH ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder || '.', 'python3')));

const bots = [
  { info: 'bash', file: 'bot.sh', run: 'sh bot.sh' },
  ...(hasPython ? [{ info: 'python', file: 'bot.py', run: 'python3 bot.py' }] : []),
  { info: 'js', file: 'bot.mjs', run: `'${process.execPath}' bot.mjs` },
];

/** What a person sees of each bot: types of messages, and the names of files. */
const seen: Readonly<Record<string, readonly RegExp[]>> = {
  bash: [/^text .+/, /^image/, /^text .+JSON/],
  python: [/^text .*3.*/, /^file (?:report|报告)\.md$/, /^interactive .*"button"/],
  js: [/^text .+1/, /^file notes\.txt$/],
};

it.each(['en', 'zh-CN'])('docs/%s/write-a-bot.md', async (language) => {
  const { fences } = readPage(`docs/${language}/write-a-bot.md`);
  const sandbox = await temporarySandbox();
  const home = await temporaryHome();
  const folder = join(home, 'bot');
  await mkdir(folder);
  await mkdir(join(home, '.clawdbot'));
  const { appId, appSecret, url: domain } = sandbox;
  const access = { dmPolicy: 'open', allowFrom: ['*'] };
  // A command that starts slowly would be answered in a card.
  const account = { enabled: true, appId, appSecret, domain, streaming: 'block', ...access };
  await writeFile(
    join(home, '.clawdbot', 'moltbot.json'),
    JSON.stringify({ channels: { feishu: account } }),
  );
  await writeFile(join(folder, 'chart.png'), png(640, 480));
  await writeFile(join(folder, 'report.md'), '# Report\n');
  for (const { info, file, run } of bots) {
    const examples = fences.filter((fence) => fence.info === info);
    const example = examples.findLast(({ content }) => content.includes('text'));
    await writeFile(join(folder, file), example?.content ?? '');
    const before = sandbox.messages({ fromBot: true }).length;
    const bot = startRunIn(folder, home, '--exec', run, '--exec-format', 'jsonl');
    await bot.event('ready');
    const notes = sandbox.putResource('file', Buffer.from('notes'), 'notes.txt');
    sandbox.say(info === 'js' ? { files: [notes] } : { text: 'abc' });
    await bot.event('answered');
    bot.child.kill('SIGTERM');
    await bot.exit();
    const shown = sandbox
      .messages({ fromBot: true })
      .slice(before)
      .map(({ msgType, content }) => {
        const { file_key: key } = JSON.parse(content) as { file_key?: string };
        return `${msgType} ${key === undefined ? content : sandbox.resource(key)?.fileName}`;
      });
    const wanted = seen[info] ?? [];
    expect(shown).toHaveLength(wanted.length);
    for (const [index, pattern] of wanted.entries()) expect(shown[index]).toMatch(pattern);
    if (info === 'js') {
      const reactions = sandbox.calls().filter(({ path }) => path.endsWith('/reactions'));
      expect(reactions.length).toBeGreaterThan(0);
    }
  }
});
