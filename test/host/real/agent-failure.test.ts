/** In the real hosts: an agent that fails, and a platform that does not answer, are named. */
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { sentText } from '../../channel/harness.ts';
import { runProgram } from '../../support/program.ts';
import { temporarySandbox } from '../../support/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { installPlugin, makeHost, patience } from './gateway.ts';
import { startMockModel } from './mock-model.ts';

interface Check {
  readonly id: string;
  readonly status: string;
  readonly detail: string;
  readonly fix?: string;
}

/** Takes connections and never answers. */
async function silentPlatform(): Promise<string> {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const STOP_BUTTON = '"element_id":"stop"';

it.each([
  ['clawdbot', 'No API key found for provider "anthropic"'],
  ['openclaw', 'configured model is unavailable'],
] as const)(
  '%s: a failed agent, and a platform that does not answer, are named',
  async (kind, failure) => {
    const sandbox = await temporarySandbox();
    const model = await startMockModel(() => ({ text: 'pong' }));
    onTestFinished(() => model.close());
    const host = await makeHost(kind, model.baseUrl);
    onTestFinished(() => host.remove());
    await installPlugin(host);
    const domain = await silentPlatform();
    const silent = { appId: 'cli_00000000000000bb', appSecret: 'one-secret', domain };
    const mute = { appId: 'cli_00000000000000cc', appSecret: 'another-secret', domain };
    await host.edit((config) => {
      // A model whose provider has no key here.
      config.agents.defaults.model = { primary: 'anthropic/claude-opus-4-5' };
      config.plugins.entries = { ...config.plugins.entries, feishu: { enabled: true } };
      config.channels = {
        feishu: {
          appId: sandbox.appId,
          appSecret: sandbox.appSecret,
          domain: sandbox.url,
          accounts: { silent, mute },
        },
      };
    });
    const path = await host.putOnPath();
    await host.startGateway();
    await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
    const ask = async (name: string): Promise<string | undefined> => {
      const answers = () => sandbox.messages({ fromBot: true });
      const before = answers().length;
      sandbox.say({ text: 'ping', from: { openId: `ou_${name}`, name } });
      await waitFor(() => expect(answers().length).toBeGreaterThan(before), patience);
      // Until the answer is complete, its card has a button.
      await waitFor(() => expect(answers().at(-1)?.content).not.toContain(STOP_BUTTON), patience);
      return sentText(answers().at(-1)?.content ?? '');
    };
    const agentCheck = async (): Promise<Check | undefined> => {
      const env = { ...host.env, PATH: path };
      const words = ['doctor', '--json', '--account', 'default'];
      const { stdout } = await runProgram(words, { home: host.home, env });
      const [account] = JSON.parse(stdout).accounts as { checks: Check[] }[];
      return account?.checks.find(({ id }) => id === 'agent');
    };

    expect(await ask('first')).toContain(failure);
    const failed = await agentCheck();
    expect(failed).toMatchObject({ status: 'fail', detail: expect.stringContaining(failure) });
    expect(failed?.fix).toContain(`${kind} models auth add`);

    // Another model, which works: its answer clears the failure. A gateway takes up a change of its
    // config when no turn has run for some seconds: so it is not asked all the time.
    await host.edit((config) => {
      config.agents.defaults.model = { primary: 'mock/mock-1' };
    });
    const calm = { ...patience, interval: 15_000 };
    await waitFor(async () => expect(await ask('second')).toBe('pong'), calm);
    expect(await agentCheck()).toMatchObject({ status: 'ok' });

    const status = await host.cli('channels', 'status', '--probe', '--json');
    const { channelAccounts } = JSON.parse(status.stdout.slice(status.stdout.search(/^\{/m)));
    const noAnswer = { ok: false, error: expect.stringMatching(/127\.0\.0\.1:\d+ did not answer/) };
    expect(channelAccounts.feishu).toMatchObject([
      { accountId: 'default', probe: { ok: true } },
      { accountId: 'silent', probe: noAnswer },
      { accountId: 'mute', probe: noAnswer },
    ]);
  },
);
