/** A real host whose gateway runs the plugin, with a scripted model, connected to a sandbox of its own. */
import { afterAll, beforeAll, expect } from 'vitest';
import { appManifest } from '../../../src/platform/manifest/app-manifest.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Config, type Host, installPlugin, makeHost, patience } from './gateway.ts';
import type { HostKind } from './install.ts';
import { type Answer, type MockModel, startMockModel } from './mock-model.ts';

export interface HostedChannel {
  readonly sandbox: Sandbox;
  readonly model: MockModel;
  readonly host: Host;
}

export interface HostedChannelOptions {
  /** What the model says to the last words of the user. */
  readonly answerTo: (said: string) => Answer;
  /** Keys of `channels.feishu` beside those of the app. */
  readonly feishu?: object;
  /** What else the host's config has. */
  readonly configure?: (config: Config) => void;
  /** The events that the app receives; default: those of a new app. */
  readonly events?: readonly string[];
  /** Runs before the gateway starts. */
  readonly prepare?: (host: Host) => Promise<void>;
}

/**
 * Starts all of it before the tests of this place, and removes it after them. The app has every permission.
 *
 * @returns filled before the first test
 */
export function hostedChannel(kind: HostKind, options: HostedChannelOptions): HostedChannel {
  const channel = {} as { -readonly [Name in keyof HostedChannel]: HostedChannel[Name] };

  beforeAll(async () => {
    const { answerTo, feishu, configure, events, prepare } = options;
    const scopes = appManifest.scopes.map(({ scope }) => scope);
    channel.sandbox = await startSandbox({ app: { scopes, ...(events && { events }) } });
    channel.model = await startMockModel(answerTo);
    channel.host = await makeHost(kind, channel.model.baseUrl);
    const { sandbox, host } = channel;
    await prepare?.(host);
    await installPlugin(host);
    await host.edit((config) => {
      config.plugins.entries = { ...config.plugins.entries, feishu: { enabled: true } };
      const { appId, appSecret, url: domain } = sandbox;
      config.channels = { feishu: { appId, appSecret, domain, ...feishu } };
      configure?.(config);
    });
    await host.startGateway();
    await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  });

  afterAll(async () => {
    await channel.host?.remove();
    await channel.model?.close();
    await channel.sandbox?.close();
  });

  return channel;
}
