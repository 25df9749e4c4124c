/** The panel of tools in the real hosts: a scripted model reads a file before it answers. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { answerIn, lastOf } from '../../channel/answer/stream/watched.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Config, type Host, installPlugin, makeHost, patience } from './gateway.ts';
import type { HostKind } from './install.ts';
import { type Answer, type MockModel, startMockModel } from './mock-model.ts';

const person = { openId: 'ou_ada', name: 'Ada' };

/** Clawdbot reports no tools to a channel. */
const panelOf: Readonly<Record<HostKind, { title: string; lines: readonly string[] } | undefined>> =
  { clawdbot: undefined, openclaw: { title: 'Tools', lines: ['✓ read'] } };

describe.each(['clawdbot', 'openclaw'] as const)('%s', (kind: HostKind) => {
  let sandbox: Sandbox;
  let model: MockModel;
  let host: Host;
  let hasRead = false;

  function answerTo(said: string): Answer {
    if (!said.includes('the colour')) return { text: 'something else' };
    if (!hasRead) {
      hasRead = true;
      return { text: '', tool: { name: 'read', parameters: { path: 'colour.txt' } } };
    }
    return { text: 'It is **blue**, as the file says.', pieceMs: 400, pieceCharacters: 6 };
  }

  beforeAll(async () => {
    const scopes = appManifest.scopes.map(({ scope }) => scope);
    sandbox = await startSandbox({ app: { scopes } });
    model = await startMockModel(answerTo);
    host = await makeHost(kind, model.baseUrl);
    await installPlugin(host);
    await host.edit(configure);
    await writeFile(join(host.home, 'workspace', 'colour.txt'), 'the colour is blue\n');
    await host.startGateway();
    await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  });

  afterAll(async () => {
    await host?.remove();
    await model?.close();
    await sandbox?.close();
  });

  function configure(config: Config): void {
    config.plugins.entries = { ...config.plugins.entries, feishu: { enabled: true } };
    const { appId, appSecret, url: domain } = sandbox;
    const settings = { streaming: 'card', toolProgress: 'panel', allowFrom: [person.openId] };
    config.channels = { feishu: { appId, appSecret, domain, ...settings } };
  }

  it('is folded above the answer', async () => {
    const { chatId } = sandbox.say({ from: person, text: 'what is the colour?' });
    const answers = () =>
      sandbox
        .seen(chatId)
        .filter((message) => message.fromBot && !lastOf(message).isRecalled)
        .map(lastOf);
    await waitFor(() => {
      const [last] = answers();
      expect(last && answerIn(last)).toBe('It is **blue**, as the file says.');
      // The final form has no status any more.
      expect(last?.elements.some(({ id }) => id === 'status')).toBe(false);
    }, patience);
    const elements = answers()[0]?.elements ?? [];
    const lines = elements.find(({ id }) => id === 'tools');
    const title = elements.find(({ tag }) => tag === 'collapsible_panel')?.text;
    expect(lines && { title, lines: lines.text.split('\n') }).toEqual(panelOf[kind]);
    expect(lines?.isFolded).toBe(lines && true);
  });
});
