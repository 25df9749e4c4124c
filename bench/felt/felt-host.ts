/** A plugin in the real OpenClaw, on the sandbox, with a model whose words are timed. */
import { setTimeout as delay } from 'node:timers/promises';
import { appManifest } from '../../src/platform/manifest/app-manifest.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Host, makeHost, patience } from '../../test/host/real/gateway.ts';
import { type Answer, type MockModel, startMockModel } from '../../test/host/real/mock-model.ts';
import { makeCertificate } from '../certificate.ts';
import { bootPlugin, type Contender } from '../hosted-plugin.ts';
import { groupUsage, type Usage } from '../process-group.ts';
import { answerText, type Scenario, wordLength } from './scenario.ts';

/** When the model was asked and when it gave its words; by the sandbox's clock. */
export interface ModelTimes {
  readonly askedAt: number;
  firstWordAt?: number;
  lastWordAt?: number;
}

export interface FeltHost {
  readonly sandbox: Sandbox;
  readonly version: string;
  /** The host's name and version, as it says them. */
  readonly hostVersion: string;
  readonly host: Host;
  /** What the model does from now on. */
  plays(scenario: Scenario): void;
  /** What the model says from now on, to what it is told. */
  answers(answer: (said: string) => Answer): void;
  /** The requests of a turn, in their order. */
  modelTimes(question: string): readonly ModelTimes[];
  usage(): Usage | undefined;
  stop(): Promise<void>;
}

/** Questions are `q` and a number of a fixed length: `q0001`. */
export const questionIn = (text: string): string | undefined => text.match(/q\d{4}/g)?.at(-1);

export interface FeltOptions {
  /** For the environment of the host. */
  readonly variables?: Readonly<Record<string, string>>;
}

export async function startFelt(
  contender: Contender,
  { variables }: FeltOptions = {},
): Promise<FeltHost> {
  const certificate = await makeCertificate();
  const scopes = appManifest.scopes.map(({ scope }) => scope);
  const sandbox = await startSandbox({ app: { scopes }, tls: certificate });
  const requests = new Map<string, ModelTimes[]>();
  let scenario: Scenario | undefined;
  let answers: ((said: string) => Answer) | undefined;

  function answerTo(model: MockModel, said: string): Answer {
    if (answers) return answers(said);
    const asked = model.prompts.at(-1) ?? '';
    const question = questionIn(said) ?? questionIn(asked);
    if (!scenario || question === undefined) return { text: 'ready' };
    const times: ModelTimes = { askedAt: sandbox.time() };
    const all = [...(requests.get(question) ?? []), times];
    requests.set(question, all);
    const { words, wordMs, delayMs, toolCalls } = scenario;
    if (all.length <= toolCalls) {
      return { text: '', tool: { name: 'session_status', parameters: {} } };
    }
    return {
      text: answerText(question, words),
      delayMs,
      pieceMs: wordMs,
      pieceCharacters: wordLength(question),
      onPiece() {
        times.lastWordAt = sandbox.time();
        times.firstWordAt ??= times.lastWordAt;
      },
    };
  }

  const model: MockModel = await startMockModel((said) => answerTo(model, said));
  const host: Host = await makeHost('openclaw', model.baseUrl, {
    ...variables,
    NODE_EXTRA_CA_CERTS: certificate.path,
  });
  const stop = async (): Promise<void> => {
    await host.stopGateway();
    await host.remove();
    await model.close();
    await sandbox.close();
    await certificate.remove();
  };
  try {
    const { appId, appSecret, url: domain } = sandbox;
    // Each plugin as it is by default, but for who may talk.
    const access = { dmPolicy: 'open', allowFrom: ['*'] };
    const versions = await bootPlugin(host, contender, { appId, appSecret, domain, ...access });
    const until = Date.now() + patience.timeout;
    while (sandbox.connections() === 0) {
      if (Date.now() > until) throw new Error('the gateway runs, and the plugin does not connect');
      await delay(patience.interval);
    }
    return {
      sandbox,
      host,
      version: versions.version,
      hostVersion: versions.host,
      plays(next) {
        scenario = next;
      },
      answers(answer) {
        answers = answer;
      },
      modelTimes: (question) => requests.get(question) ?? [],
      usage: () => groupUsage(host.gatewayGroup() ?? 0),
      stop,
    };
  } catch (error) {
    console.error((await host.log()).slice(-4000));
    await stop();
    throw error;
  }
}
