/**
 * Scan to create: the device flow that ends with a new app's id and secret.
 *
 * In: what the app shall be like. Out: events while a person scans, then the credentials. Run over
 * our own HTTP, because the SDK's `registerApp` (node-sdk@1.74.0) always builds https URLs, ends on
 * the first network error and has no deadline; its parameter names are kept (open-platform shelf 3).
 */
import { setTimeout as sleepFor } from 'node:timers/promises';
import { isMoltbotFeishuError, MoltbotFeishuError } from '../shared/errors.ts';
import { type Logger, silentLogger } from '../shared/log.ts';
import { type Secret, scrub } from '../shared/secret.ts';
import { message } from '../shared/text.ts';
import { encodeAddons } from './console-links.ts';
import { type Brand, resolveEndpoints } from './endpoints.ts';
import { lookup } from './error-table.ts';
import { createHttp, type Http, type HttpAnswer } from './http.ts';
import { cancelled } from './network-failure.ts';
import { createAgents } from './proxy.ts';
import type { RegistrationAddons } from './registration-addons.ts';
import { type BegunRegistration, readBegin, readPoll } from './registration-answers.ts';
import { exitCodes } from './rejection.ts';
import { withRetries } from './retry.ts';
import { platformTexts as texts } from './texts.ts';

export interface RegistrationRequest {
  /** `feishu`, `lark` or an http(s) URL. Feishu begins both brands; the person's brand decides. */
  readonly domain: string;
  /** Where a Lark person's app is fetched: an http(s) URL; default the public host, or `domain`. */
  readonly larkDomain?: string;
  /** Suggestions on the confirm page; `{user}` stands for the scanning person's name. */
  readonly appPreset?: {
    readonly name?: string;
    readonly desc?: string;
    /** 1 to 6 URLs. */
    readonly avatar?: string | readonly string[];
  };
  readonly addons?: RegistrationAddons;
  /** Hides “choose an existing app” on the page. */
  readonly createOnly?: boolean;
  /** The app to change instead of making one; the page shows the difference. */
  readonly appId?: string;
}

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
  const url = pageFor(begun.page, request);
  flow.log.info('scan begun', { host: flow.host, expiresInMs: begun.expiresInMs });
  options.onEvent({ kind: 'code-ready', url, userCode: begun.userCode, expiresAt });
  return poll(flow, begun, expiresAt);
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
  const sleep = options.sleep ?? ((ms) => sleepFor(ms, undefined, signal ? { signal } : {}));
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
    random: options.random ?? Math.random,
    timeoutMs,
    onEvent: options.onEvent,
    async sleep(ms) {
      try {
        await sleep(ms, signal);
      } catch (error) {
        if (signal?.aborted) throw cancelled();
        throw error;
      }
      if (signal?.aborted) throw cancelled();
    },
  };
}

/** Asking twice for a code leaves one unused: safe to repeat. */
async function begin(flow: Flow): Promise<BegunRegistration> {
  const { signal, now, random, timeoutMs: patienceMs } = flow;
  const answer = await withRetries(
    { attempts: 3, baseMs: 200, signal, now, random, patienceMs },
    async () => {
      const said = await post(flow, flow.accounts, {
        action: 'begin',
        archetype: 'PersonalAgent',
        auth_method: 'client_secret',
        request_user_info: 'open_id',
      });
      if (said.status === 429 || said.status >= 500) throw serverFailed(flow.host, said.status);
      return said;
    },
  );
  const read = readBegin(answer);
  if (read.kind === 'begun') return read.begun;
  throw read.kind === 'refused'
    ? refusal(read.error, read.description)
    : notOffered(flow, answer.status);
}

async function poll(
  flow: Flow,
  begun: BegunRegistration,
  expiresAt: number,
): Promise<RegisteredApp> {
  const { onEvent, now, log } = flow;
  const clean = (text: string) => scrub(text, [begun.deviceCode]);
  let { intervalMs } = begun;
  let accounts = flow.accounts;
  let isSwitched = false;
  let answerLost = false;
  for (;;) {
    const leftMs = expiresAt - now();
    if (leftMs <= 0) throw refusal('expired_token', '', { answerLost });
    await flow.sleep(Math.min(intervalMs, leftMs));
    let answer: HttpAnswer;
    try {
      answer = await post(flow, accounts, {
        action: 'poll',
        device_code: begun.deviceCode.reveal(),
      });
    } catch (error) {
      if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
      answerLost = true;
      onEvent({ kind: 'hiccup', error });
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
          ...placeOf(flow, isSwitched ? 'lark' : said.brand),
        };
      case 'brand':
        if (said.brand === 'lark' && !isSwitched) {
          isSwitched = true;
          accounts = flow.larkAccounts;
          // The code is confirmed: the next poll need not wait for the whole interval again.
          onEvent({ kind: 'brand-switched', brand: 'lark' });
        }
        break;
      case 'refused':
        if (said.error === 'slow_down') {
          intervalMs = Math.min(intervalMs + SLOWER_BY_MS, MAX_INTERVAL_MS);
          onEvent({ kind: 'slow-down', intervalMs });
        } else if (said.error !== 'authorization_pending') {
          throw refusal(clean(said.error), clean(said.description), { answerLost });
        }
        break;
      default:
        if (answer.status === 429) {
          intervalMs = Math.min(intervalMs + SLOWER_BY_MS, MAX_INTERVAL_MS);
          onEvent({ kind: 'slow-down', intervalMs });
        } else {
          onEvent({ kind: 'hiccup', error: serverFailed(flow.host, answer.status) });
        }
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

/** The confirm page with everything that the SDK's `registerApp` puts into its link. */
function pageFor(page: URL, request: RegistrationRequest): string {
  const url = new URL(page);
  const { name, desc, avatar = [] } = request.appPreset ?? {};
  url.searchParams.set('from', 'sdk');
  url.searchParams.set('source', 'node-sdk/moltbot-feishu');
  url.searchParams.set('tp', 'sdk');
  for (const picture of typeof avatar === 'string' ? [avatar] : avatar) {
    url.searchParams.append('avatar', picture);
  }
  if (name) url.searchParams.set('name', name);
  if (desc) url.searchParams.set('desc', desc);
  if (request.addons) url.searchParams.set('addons', encodeAddons(request.addons));
  if (request.createOnly) url.searchParams.set('createOnly', 'true');
  if (request.appId) url.searchParams.set('clientID', request.appId);
  return url.href;
}

/**
 * The platform's word that ends a registration, as our error.
 *
 * @param facts.answerLost a poll before it got no answer: the app may exist, its secret lost with it
 */
function refusal(
  error: string,
  description: string,
  facts: { readonly answerLost?: boolean } = {},
): MoltbotFeishuError {
  const entry = lookup('registration', error);
  const code = entry.error === 'platform-rejected' ? 'scan-unavailable' : entry.error;
  const params = { code: error, msg: description.slice(0, 500) };
  return new MoltbotFeishuError({
    code,
    exitCode: exitCodes[code],
    what: message(entry.meaning, params),
    fix: message(entry.fix, params),
    details: { retryable: false, family: 'registration', error, msg: params.msg, ...facts },
  });
}

function notOffered({ host }: Flow, status: number): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'scan-unavailable',
    exitCode: exitCodes['scan-unavailable'],
    what: message(texts.scanNotOffered, { host, status }),
    fix: texts.scanNotOfferedFix,
    details: { retryable: false, family: 'registration', status },
  });
}

function serverFailed(host: string, status: number): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'platform-error',
    exitCode: exitCodes['platform-error'],
    what: message(texts.serverFailed, { host, status }),
    fix: texts.serverFailedFix,
    details: { retryable: true, outcome: 'retry', status },
  });
}
