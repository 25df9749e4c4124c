/** The options and the operations of a sandbox. */

import type { CardFailure } from './cards/card-failures.ts';
import type { ClientConfig } from './connection/connections.ts';
import type { Delivery } from './connection/delivery.ts';
import type { RateLimitOptions } from './http/rate-limits.ts';
import type { RecordedCall } from './http/recording.ts';
import type { People } from './people/people.ts';
import type { ScanningPerson } from './registration/registration.ts';
import type { SeenMessage } from './seen/seen.ts';
import type { AppState } from './state/app-state.ts';
import type { MessageFilter, StoredMessage } from './state/chats.ts';
import type { FaultRule } from './state/faults.ts';
import type { WaitOptions } from './state/next-answer.ts';
import type { Resource, ResourceContent } from './state/resources.ts';
import type { Tenant } from './state/tenant.ts';

export interface SandboxOptions {
  /** Default: any free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  /** Key and certificate (PEM): serves https:// and wss://, for clients that take no http:// domain. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Waits before the second, third, … attempt (ms); Feishu's are 15 s, 5 min, 1 h, 6 h. */
  readonly redeliveryMs?: readonly number[];
  /** How long an acknowledgement may take (ms). */
  readonly ackTimeoutMs?: number;
  /** Events larger than this go out in fragments. */
  readonly fragmentBytes?: number;
  readonly now?: () => number;
  readonly random?: () => number;
  /** How the first app differs from one with which everything works. */
  readonly app?: Partial<AppState>;
  readonly rateLimits?: RateLimitOptions;
  readonly tokenLifetimeMs?: number;
  readonly clientConfig?: Partial<ClientConfig>;
  /** Sends in the tick of the handshake, which the SDK loses (docs/platform/connection.md#traps-of-the-sdk). */
  readonly eagerDelivery?: boolean;
  readonly registration?: {
    /** Seconds between polls of a registration, and until its code is over. */
    readonly intervalS?: number;
    readonly expiresInS?: number;
    /** The first scan gives the sandbox's first app, so that there is no other one. */
    readonly takesFirstApp?: boolean;
  };
}

/**
 * An Open Platform on loopback. The unmodified Feishu SDK speaks to it.
 *
 * @example A bot that answers, tested without Feishu:
 * ```ts
 * import * as lark from '@larksuiteoapi/node-sdk';
 * import { startSandbox } from 'moltbot-feishu';
 *
 * const sandbox = await startSandbox();
 * const { appId, appSecret, url: domain } = sandbox;
 * await startYourBot(new lark.Client({ appId, appSecret, domain }));
 * sandbox.say({ text: 'hello' });
 * const answer = await sandbox.nextAnswer();
 * console.log(JSON.parse(answer.content).text);
 * await sandbox.close();
 * ```
 */
export interface Sandbox extends People {
  /** Base URL of everything: API, long connection, registration, console. */
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly controlUrl: string;
  /** The chat page: a simple client for all people of the sandbox, for a browser on this machine. */
  readonly page: string;
  /** The person who speaks unless another is named. */
  readonly user: { readonly openId: string; readonly name: string };
  createApp(patch?: Partial<AppState>): { appId: string; appSecret: string };
  /** The name of an app's bot. */
  botName(appId?: string): string;
  configureApp(patch: Partial<AppState>, appId?: string): void;
  messages(filter?: MessageFilter): StoredMessage[];
  /** The next message of a bot that was not yet handed out; rejects after `timeoutMs` (10 s). */
  nextAnswer(filter?: MessageFilter, options?: WaitOptions): Promise<StoredMessage>;
  /** Calls back for each new or changed message; returns the unsubscribe function. */
  watch(listener: (message: StoredMessage) => void): () => void;
  deliveries(): readonly Delivery[];
  /**
   * Makes calls fail, as networks and platforms do.
   *
   * @example The first send is refused for its rate, and the next one is not:
   * ```ts
   * sandbox.fault({
   *   match: { method: 'POST', path: '/im/v1/messages' },
   *   times: 1,
   *   do: { kind: 'code', code: 230020, msg: 'frequency limit' },
   * });
   * ```
   */
  fault(rule: FaultRule): { clear(): void };
  /**
   * Makes calls of CardKit fail with one of its codes, in the platform's words.
   *
   * @example The third text of a streamed answer meets the end of streaming:
   * ```ts
   * sandbox.failCard({ step: 'content', code: 200850, after: 2 });
   * ```
   */
  failCard(failure: CardFailure): { clear(): void };
  /**
   * What people see over time, in one chat or in all: each message with every state that was
   * different from the one before. `isGenerating` says whether a card still streams.
   *
   * @example
   * ```ts
   * const [card] = sandbox.seen(chatId).filter(({ fromBot }) => fromBot);
   * console.log(card?.changes.map(({ at, text }) => [at, text]), card?.changes.at(-1)?.preview);
   * ```
   */
  seen(chatId?: string): SeenMessage[];
  /** Sets the sandbox's clock forward (ms): life of tokens, streaming, limits. No timer ends earlier. */
  advance(ms: number): void;
  /** The sandbox's clock (ms since 1970). */
  time(): number;
  /** Other rate limits from now on; those that are not given stay. */
  limitRates(limits: RateLimitOptions): void;
  /** What the administrator allows: how long messages can be edited and recalled (a day each). */
  changeTenant(changes: Partial<Tenant>): void;
  /** A person begins (true) or ends to use a streamed card; meanwhile calls of CardKit are refused (200810). */
  interact(messageId: string, isBusy: boolean): void;
  /** Whether bots may mention everyone in a chat; they may unless forbidden. */
  allowAtAll(chatId: string, isAllowed: boolean): void;
  /** Terminates the sockets of one app, or of all; returns how many there were. */
  dropConnections(appId?: string): number;
  connections(appId?: string): number;
  /** While muted, connections stay open and nothing is heard or answered: a dead peer. */
  mute(on: boolean): void;
  calls(): readonly RecordedCall[];
  /** Refuses new TCP connections; those that are open stay. */
  refuse(on: boolean): void;
  /** Refuses them for a while (ms). */
  refuseFor(ms: number): void;
  /** Makes every tenant_access_token invalid. */
  revokeTokens(): void;
  /** The admin decides on the version in review; false where none is. */
  reviewVersion(approve: boolean, appId?: string): boolean;
  /** What a person does in the console: a version made of what is configured, and submitted. */
  makeVersion(submitted: boolean, appId?: string): { version: string; versionId: string };
  /** The admin grants scopes that wait: those named, or all. */
  grantScopes(scopes?: readonly string[], appId?: string): void;
  /**
   * A person opens a link that asks for scopes, events or callbacks, and confirms. Scopes are in
   * force at once, or with `waits` only after the next version. Throws RangeError for other links.
   */
  confirm(url: string, options?: { readonly waits?: boolean }): { appId: string };
  /**
   * Puts an image or file there, as a person's client does before sending; gives its key. With
   * `{bytes}` it has so many made-up bytes (the one at place n is n modulo 251), and needs no memory.
   */
  putResource(kind: 'image' | 'file', content: ResourceContent, fileName?: string): string;
  /** An image or file that was uploaded or put there; `undefined` for an unknown key. */
  resource(key: string): Resource | undefined;
  /** What the person does who scans the code. */
  readonly registration: ScanningPerson;
  /** Ends everything: sockets, timers, waiting. */
  close(): Promise<void>;
  /** Resolves when it is closed, by whomever. */
  readonly closed: Promise<void>;
}
