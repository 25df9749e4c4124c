/**
 * Scan to create: the device flow that ends with a new app's id and secret.
 *
 * In: the wanted app. Out: events while a person scans, then the credentials. Run over
 * our own HTTP, because the SDK's `registerApp` (node-sdk@1.74.0) always builds https URLs, ends on
 * the first network error and has no deadline; its parameter names are kept (docs/platform/registration.md#protocol).
 */

import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { type Logger, silentLogger } from '../../shared/log.ts';
import { type Secret, scrub } from '../../shared/secret.ts';
import { monotonicNow } from '../../shared/time/clock.ts';
import { type Brand, resolveEndpoints } from '../address/endpoints.ts';
import type { HttpAnswer } from '../network/answer.ts';
import { createHttp, type Http } from '../network/http.ts';
import { createAgents } from '../network/proxy.ts';
import { withRetries } from '../network/retry.ts';
import { cancellableSleep } from '../network/sleep.ts';
import { type BegunRegistration, readBegin, readPoll } from './registration-answers.ts';
import { malformedAnswerError, notOffered, refusal } from './registration-errors.ts';
import { pageFor, type RegistrationRequest } from './registration-page.ts';

export type RegistrationEvent =
  /** `expiresAt`: ms since the epoch, by this machine's clock. */
  | {
      readonly kind: 'code-ready';
      readonly url: string;
      readonly userCode: string;
      readonly expiresAt: number;
    }
  | { readonly kind: 'slow-down'; readonly intervalMs: number }
  | { readonly kind: 'brand-switched'; readonly brand: 'lark' }
  /** A poll failed on the way; polling goes on until the code expires. */
  | { readonly kind: 'hiccup'; readonly error: MoltbotFeishuError };

export interface RegisteredApp {
  readonly appId: string;
  readonly appSecret: Secret;
  /** The person who scanned. */
  readonly openId?: string;
  readonly brand: Brand;
  /** What the `domain` setting of the app's account must be. */
  readonly domain: string;
}

export interface RegistrationOptions {
  readonly onEvent: (event: RegistrationEvent) => void;
  readonly signal?: AbortSignal;
  /** Where the proxy variables are read; default: no proxy. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly log?: Logger;
  readonly now?: () => number;
  /** A clock that is never set (ms); default: that of this process. */
  readonly monotonic?: () => number;
  readonly random?: () => number;
  /** For one exchange (ms); default 10 000. */
  readonly timeoutMs?: number;
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

/** `slow_down` adds this to the interval (RFC 8628, 3.5). */
const SLOWER_BY_MS = 5_000;
/** The longest interval, as lark-cli has it. */
const MAX_INTERVAL_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * @throws MoltbotFeishuError `scan-denied`, `scan-expired`, `scan-unavailable` (this platform offers
 *   no scan, or refused it in words of its own), `cancelled`, `domain-invalid`;
 *   `platform-unreachable` and `platform-error` only before there is a code
 */
export async function registerApp(
  request: RegistrationRequest,
  options: RegistrationOptions,
): Promise<RegisteredApp> {
  const flow = flowOf(request, options);
  const begun = await begin(flow);
  const expiresAt = flow.now() + begun.expiresInMs;
  const deadline = flow.monotonic() + begun.expiresInMs;
  const url = pageFor(begun.page, request);
  flow.log.info('scan begun', { host: flow.host, expiresInMs: begun.expiresInMs });
  options.onEvent({ kind: 'code-ready', url, userCode: begun.userCode, expiresAt });
  return poll(flow, begun, deadline);
}

interface Flow {
  readonly http: Http;
  readonly domain: string;
  readonly brand: Brand;
  readonly host: string;
  readonly accounts: string;
  readonly larkAccounts: string;
  readonly signal: AbortSignal | undefined;
  readonly log: Logger;
  readonly now: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
  readonly random: () => number;
  readonly timeoutMs: number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onEvent: (event: RegistrationEvent) => void;
}

function flowOf(request: RegistrationRequest, options: RegistrationOptions): Flow {
  const asked = resolveEndpoints(request.domain);
  const isPublic = asked.brand !== 'custom';
  const first = isPublic ? resolveEndpoints('feishu') : asked;
  const second = resolveEndpoints(request.larkDomain ?? (isPublic ? 'lark' : request.domain));
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  return {
    http: createHttp({ agents: createAgents(options.env ?? {}), timeoutMs }),
    domain: request.domain,
    brand: asked.brand,
    host: new URL(first.accounts).host,
    accounts: first.accounts,
    larkAccounts: second.accounts,
    signal,
    log: options.log ?? silentLogger,
    now: options.now ?? Date.now,
    monotonic: options.monotonic ?? monotonicNow,
    random: options.random ?? Math.random,
    timeoutMs,
    onEvent: options.onEvent,
    sleep: cancellableSleep(options),
  };
}

/** Asking twice for a code leaves one unused: safe to repeat. */
async function begin(flow: Flow): Promise<BegunRegistration> {
  const { signal, monotonic, random, timeoutMs: patienceMs } = flow;
  const answer = await withRetries(
    { attempts: 3, baseMs: 200, signal, monotonic, random, patienceMs },
    async () => {
      const said = await post(flow, flow.accounts, {
        action: 'begin',
        archetype: 'PersonalAgent',
        auth_method: 'client_secret',
        request_user_info: 'open_id',
      });
      if (said.status === 429 || said.status >= 500) throw malformedAnswerError(flow.host, said);
      return said;
    },
  );
  const read = readBegin(answer);
  if (read.kind === 'begun') return read.begun;
  throw read.kind === 'refused'
    ? refusal(read.error, read.description)
    : notOffered(flow.host, answer.status);
}

async function poll(
  flow: Flow,
  begun: BegunRegistration,
  deadline: number,
): Promise<RegisteredApp> {
  const { onEvent, monotonic, log } = flow;
  const clean = (text: string) => scrub(text, [begun.deviceCode]);
  let { intervalMs } = begun;
  let isLark = false;
  let answerLost = false;
  let isConfirmed = false;
  const slowDown = (): void => {
    intervalMs = Math.min(intervalMs + SLOWER_BY_MS, MAX_INTERVAL_MS);
    onEvent({ kind: 'slow-down', intervalMs });
  };
  const hiccup = (error: MoltbotFeishuError): void => {
    answerLost = true;
    onEvent({ kind: 'hiccup', error });
  };

  for (;;) {
    const leftMs = deadline - monotonic();
    if (leftMs <= 0) throw refusal('expired_token', '', { answerLost });
    // Once the brand is reported, the person has confirmed: the secret can be fetched at once.
    if (!isConfirmed) await flow.sleep(Math.min(intervalMs, leftMs));
    isConfirmed = false;
    let answer: HttpAnswer;
    try {
      const form = { action: 'poll', device_code: begun.deviceCode.reveal() };
      answer = await post(flow, isLark ? flow.larkAccounts : flow.accounts, form);
    } catch (error) {
      if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
      hiccup(error);
      continue;
    }
    const said = readPoll(answer);
    log.debug('scan polled', { status: answer.status, answer: said.kind });
    switch (said.kind) {
      case 'registered':
        return {
          appId: said.appId,
          appSecret: said.appSecret,
          ...(said.openId !== undefined && { openId: said.openId }),
          ...placeOf(flow, isLark ? 'lark' : said.brand),
        };
      case 'brand':
        if (said.brand !== 'lark' || isLark) break;
        isLark = true;
        isConfirmed = true;
        onEvent({ kind: 'brand-switched', brand: 'lark' });
        break;
      case 'refused':
        if (said.error === 'slow_down') slowDown();
        else if (said.error !== 'authorization_pending') {
          throw refusal(clean(said.error), clean(said.description), { answerLost });
        }
        break;
      default:
        if (answer.status === 429) slowDown();
        else hiccup(malformedAnswerError(flow.host, answer));
    }
  }
}

function post(flow: Flow, accounts: string, form: Record<string, string>): Promise<HttpAnswer> {
  return flow.http({
    method: 'POST',
    url: `${accounts}/oauth/v1/app/registration`,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'moltbot-feishu',
    },
    form,
    signal: flow.signal,
  });
}

/** Which platform the app lives on: as the person's brand says, or the one deployment asked. */
function placeOf(flow: Flow, brand: string | undefined): Pick<RegisteredApp, 'brand' | 'domain'> {
  if (flow.brand === 'custom') return { brand: 'custom', domain: flow.domain };
  const lives = brand === 'lark' ? 'lark' : 'feishu';
  return { brand: lives, domain: lives };
}
