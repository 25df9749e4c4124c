/** What a person gets where an answer has files, and what instead where they cannot be sent. */
import { existsSync } from 'node:fs';
import { readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../../../../src/channel/agent/agent.ts';
import { everydayScopes } from '../../../../src/sandbox/state/scopes.ts';
import { mp3, mp4, opus, png } from '../../../support/media-samples.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { accountOf, channelWith, sandboxWith } from '../../harness.ts';
import { fakeFfmpeg, outgoing, temporaryFolder } from './outgoing.ts';

const media = (source: string, more: object = {}) => ({ kind: 'media', source, ...more }) as const;
const mb = 1024 * 1024;

describe('a file of an allowed directory', () => {
  it('goes out as what it is, in order with the text', async () => {
    const { root, seen } = await outgoing();
    await writeFile(join(root, 'a.png'), png());
    await writeFile(join(root, 'voice.ogg'), opus(1234));
    await writeFile(join(root, 'clip.mp4'), mp4(5678));
    await writeFile(join(root, '季度 报告.pdf'), '%PDF-1.7\n');
    await writeFile(join(root, 'notes.md'), '# notes');
    expect(
      await seen(
        'Here is the picture:',
        media('a.png'),
        'and the rest',
        media(join(root, 'voice.ogg')),
        media(pathToFileURL(join(root, 'clip.mp4')).href),
        media('季度 报告.pdf'),
        media('./notes.md', { name: '笔记.md' }),
        'done',
      ),
    ).toEqual([
      'Here is the picture:',
      'image 33',
      'and the rest',
      'audio opus voice.ogg 1234 ms',
      'media mp4 clip.mp4 5678 ms',
      'file pdf 季度 报告.pdf',
      'file stream 笔记.md',
      'done',
    ]);
  });

  it('needs no text beside it', async () => {
    const { root, seen } = await outgoing();
    await writeFile(join(root, 'a.png'), png());
    expect(await seen(media('a.png'))).toEqual(['image 33']);
  });

  it('is sent by its content, whatever its name says', async () => {
    const { root, seen } = await outgoing();
    await writeFile(join(root, 'picture.txt'), png());
    await writeFile(join(root, 'text.png'), 'no picture');
    expect(await seen(media('picture.txt'), media('text.png'))).toEqual([
      'image 33',
      'file stream text.png',
    ]);
  });

  it('has the name that it had before a host stored it', async () => {
    const { root, seen } = await outgoing();
    const uuid = '94b8cc77-e87b-47ea-98ca-7ad013de11d0';
    await writeFile(join(root, `年报---${uuid}.pdf`), '%PDF-1.7\n');
    await writeFile(join(root, `a---b---${uuid}.txt`), 'text');
    expect(await seen(media(`年报---${uuid}.pdf`), media(`a---b---${uuid}.txt`))).toEqual([
      'file pdf 年报.pdf',
      'file stream a---b.txt',
    ]);
  });

  it('may be asked for as a file', async () => {
    const { root, seen } = await outgoing();
    await writeFile(join(root, 'a.png'), png());
    await writeFile(join(root, 'clip.mp4'), mp4(1));
    const asFile = { as: 'file' };
    expect(await seen(media('a.png', asFile), media('clip.mp4', asFile))).toEqual([
      'file stream a.png',
      'file stream clip.mp4',
    ]);
  });
});

describe('a file that may not be sent', () => {
  it('is refused outside of the directories, in every way there', async () => {
    const outside = await temporaryFolder();
    await writeFile(join(outside, 'secret.txt'), 'secret');
    const { root, seen, sandbox } = await outgoing();
    await symlink(join(outside, 'secret.txt'), join(root, 'link.txt'));
    await symlink(outside, join(root, 'folder'));
    await symlink('/dev/zero', join(root, 'zero'));
    const ways = [
      join(outside, 'secret.txt'),
      `../${outside.split('/').at(-1)}/secret.txt`,
      `${root}/../${outside.split('/').at(-1)}/secret.txt`,
      'link.txt',
      'folder/secret.txt',
      pathToFileURL(join(outside, 'secret.txt')).href,
      `file://localhost${outside}/secret.txt`,
      'file:///etc/passwd',
      'file://example.com/etc/passwd',
      '/etc/passwd',
      '/proc/self/environ',
      'zero',
      '//server/share/a.txt',
      '\\\\server\\share\\a.txt',
      'C:\\Windows\\win.ini'.replace('C:', 'ftp:'),
      root,
      `${outside}/not-there.txt`,
      'a\0b',
      '',
    ];
    const found = await seen(...ways.map((way) => media(way)));
    // All sentences are one text each: the answer has as many as it may have messages.
    for (const text of found)
      expect(text).toMatch(/could not be sent: its location is not allowed/);
    expect(sandbox.calls().filter(({ path }) => path.includes('/im/v1/files'))).toEqual([]);
  });

  it('is refused in denied directories, and a pipe is no file', async () => {
    const { root, seen, refusal } = await outgoing({ denied: [join(tmpdir(), 'nowhere')] });
    const { execFileSync } = await import('node:child_process');
    execFileSync('mkfifo', [join(root, 'pipe')]);
    await seen(media('pipe'));
    expect(refusal()).toBe('not-allowed');
  });

  it('says what is wrong with it, in the language of the person', async () => {
    const { root, seen } = await outgoing();
    await writeFile(join(root, 'empty.txt'), '');
    await writeFile(join(root, 'large.bin'), 'x');
    await truncate(join(root, 'large.bin'), 30 * mb + 1);
    expect(await seen(media('empty.txt'), media('missing.txt'), media('large.bin'))).toEqual([
      'empty.txt could not be sent: it is empty.',
      'missing.txt could not be sent: it does not exist.',
      'large.bin could not be sent: it is larger than 30 MB.',
    ]);
  });
});

describe('an image beyond the limits', () => {
  it('is sent as a file, which is said', async () => {
    const { root, seen } = await outgoing();
    await writeFile(join(root, 'wide.png'), png(12_001, 2));
    await writeFile(join(root, 'heavy.png'), png(10, 10, 10 * mb + 1));
    await writeFile(
      join(root, 'drawing.svg'),
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    );
    const said = 'The image is too large to be shown, so it is sent as a file.';
    expect(
      await seen(media('wide.png'), media('heavy.png'), media('drawing.svg', { as: 'image' })),
    ).toEqual([
      'file stream wide.png',
      said,
      'file stream heavy.png',
      said,
      'file stream drawing.svg',
      'Feishu cannot show this image, so it is sent as a file.',
    ]);
  });

  it('is sent as a file where the platform does not know it', async () => {
    const { root, seen, sandbox } = await outgoing();
    await writeFile(join(root, 'a.png'), png());
    sandbox.fault({
      match: { path: '/im/v1/images' },
      do: { kind: 'code', code: 234011, msg: "Can't recognize the image format." },
    });
    expect(await seen(media('a.png'))).toEqual([
      'file stream a.png',
      'Feishu cannot show this image, so it is sent as a file.',
    ]);
  });
});

describe('a recording', () => {
  const writing = (bytes: Buffer) => `
    const { writeFileSync, appendFileSync } = require('node:fs');
    appendFileSync(require('node:path').join(__dirname, 'args'), JSON.stringify(process.argv) + '\\n');
    writeFileSync(process.argv.at(-1), Buffer.from('${bytes.toString('base64')}', 'base64'));
  `;

  it('in another format becomes a voice message where ffmpeg is', async () => {
    const PATH = await fakeFfmpeg(writing(opus(4321)));
    const { root, seen } = await outgoing({ env: { PATH } });
    await writeFile(join(root, 'speech.mp3'), mp3());
    expect(await seen(media('speech.mp3', { asVoice: true }), media('speech.mp3'))).toEqual([
      'audio opus speech.opus 4321 ms',
      'file stream speech.mp3',
    ]);
  });

  it('stays a file that says so where ffmpeg is missing, fails, writes nothing, or is too slow', async () => {
    const paths = [
      await temporaryFolder(),
      await fakeFfmpeg('process.exit(1)'),
      await fakeFfmpeg(''),
      await fakeFfmpeg(`require('node:fs').writeFileSync(process.argv.at(-1), '')`),
    ];
    for (const PATH of paths) {
      const { root, seen } = await outgoing({ env: { PATH } });
      await writeFile(join(root, 'speech.mp3'), mp3());
      expect(await seen(media('speech.mp3', { asVoice: true }))).toEqual([
        'file stream speech.mp3',
        'The recording is sent as a file: it could not be converted to a voice message.',
      ]);
    }
  });

  it('is a file where the platform does not take it as a voice message', async () => {
    const { root, seen, sandbox } = await outgoing();
    await writeFile(join(root, 'voice.opus'), opus(10));
    sandbox.fault({
      match: { path: '/im/v1/files' },
      times: 1,
      do: { kind: 'code', code: 234001, msg: 'Invalid request param.' },
    });
    expect((await seen(media('voice.opus')))[0]).toBe('file stream voice.opus');
  });

  it('leaves no file behind', async () => {
    const folders = async () =>
      (await readdir(tmpdir())).filter((name) =>
        name.startsWith(`moltbot-feishu-media-${process.pid}-`),
      );
    const before = await folders();
    const PATH = await fakeFfmpeg(writing(opus(4321)));
    const { root, seen } = await outgoing({ env: { PATH } });
    await writeFile(join(root, 'speech.mp3'), mp3());
    await seen(media('speech.mp3', { asVoice: true }));
    expect(await folders()).toEqual(before);
    expect(existsSync(join(PATH, 'args'))).toBe(true);
  });
});

it('a video gets its first picture as cover where ffmpeg is', async () => {
  const cover = png(20, 10, 60).toString('base64');
  const PATH = await fakeFfmpeg(
    `require('node:fs').writeFileSync(process.argv.at(-1), Buffer.from('${cover}', 'base64'))`,
  );
  const { root, seen } = await outgoing({ env: { PATH } });
  await writeFile(join(root, 'clip.mp4'), mp4(5678));
  expect(await seen(media('clip.mp4'))).toEqual(['media mp4 clip.mp4 5678 ms with cover']);
});

describe('what the platform refuses', () => {
  it('a missing permission is said to the person and once in the log', async () => {
    const { root, seen, logs, sandbox } = await outgoing();
    sandbox.configureApp({ scopes: everydayScopes.filter((scope) => scope !== 'im:resource') });
    await writeFile(join(root, 'a.png'), png());
    expect(await seen('before', media('a.png'), media('a.png'), 'after')).toEqual([
      'before',
      'a.png could not be sent: the app has no permission to upload files.',
      'a.png could not be sent: the app has no permission to upload files.',
      'after',
    ]);
    const warnings = logs.filter(
      ({ level, text }) => level === 'warn' && /images and files/.test(text),
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.fields.scopes).toMatch(/im:resource/);
  });

  it('a key that does not fit is sent in another form, and at last as text', async () => {
    const { root, seen, sandbox } = await outgoing();
    await writeFile(join(root, 'clip.mp4'), mp4(1));
    const misfit = { kind: 'code', code: 230055, msg: 'type mismatch' } as const;
    sandbox.fault({ match: { method: 'POST', path: '/im/v1/messages' }, times: 2, do: misfit });
    expect(await seen(media('clip.mp4'))).toEqual([
      'clip.mp4 could not be sent: Feishu refused it.',
    ]);
  });

  it('an upload is repeated where that may help', async () => {
    const { root, seen, sandbox } = await outgoing();
    await writeFile(join(root, 'a.txt'), 'text');
    sandbox.fault({
      match: { path: '/im/v1/files' },
      times: 2,
      do: { kind: 'status', status: 503 },
    });
    expect(await seen(media('a.txt'))).toEqual(['file stream a.txt']);
    sandbox.revokeTokens();
    expect(await seen(media('a.txt'))).toEqual(['file stream a.txt']);
  });
});

it('after a crash a medium is sent once, from what was uploaded before', async () => {
  const sandbox = await sandboxWith();
  const inbox = await temporaryFolder();
  const root = await temporaryFolder();
  await writeFile(join(root, 'a.png'), png());
  let turns = 0;
  const agent: Agent = {
    async *answer() {
      turns += 1;
      yield media('a.png');
      yield 'done';
    },
  };
  const options = { agent, inbox, media: { roots: { base: root, allowed: [root], denied: [] } } };
  const account = accountOf(sandbox, { typingReaction: false, streaming: 'block' });
  const hanging = sandbox.fault({
    match: { method: 'POST', path: '/im/v1/messages' },
    do: { kind: 'hang' },
  });
  const first = channelWith([account], options);
  await first.event('ready');
  sandbox.say({ text: 'go' });
  const uploads = () => sandbox.calls().filter(({ path }) => path.endsWith('/im/v1/images'));
  await waitFor(() => expect(uploads()).toHaveLength(1));
  await first.channel.stop();
  hanging.clear();
  // The file is not needed again.
  await rm(join(root, 'a.png'));
  const second = channelWith([account], options);
  await second.event('answered');
  const messages = sandbox.messages({ fromBot: true }).map(({ msgType }) => msgType);
  expect(messages.filter((type) => type === 'image')).toHaveLength(1);
  expect(uploads()).toHaveLength(1);
  expect(turns).toBe(1);
});
