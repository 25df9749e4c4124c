/** The options and the operations of a sandbox. */

import type { ClientConfig } from './connection/connections.ts';
import type { Delivery } from './connection/delivery.ts';
import type { RateLimitOptions } from './http/rate-limits.ts';
import type { RecordedCall } from './http/recording.ts';
import type { People } from './people/people.ts';
import type { ScanningPerson } from './registration/registration.ts';
import type { AppState } from './state/app-state.ts';
import type { MessageFilter, StoredMessage } from './state/chats.ts';
import type { FaultRule } from './state/faults.ts';
import type { WaitOptions } from './state/next-answer.ts';
import type { ResourceContent } from './state/resources.ts';

export interface SandboxOptions {
  /** Default: any free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
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
  /** Seconds between polls of a registration, and until its code is over. */
  readonly registration?: { readonly intervalS?: number; readonly expiresInS?: number };
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
  /** What the person does who scans the code. */
  readonly registration: ScanningPerson;
  /** Ends everything: sockets, timers, waiting. */
  close(): Promise<void>;
  /** Resolves when it is closed, by whomever. */
  readonly closed: Promise<void>;
}
