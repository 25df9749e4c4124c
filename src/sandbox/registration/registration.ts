/**
 * Scan to create: the device flow of `POST /oauth/v1/app/registration` and the page that a person
 * would scan (docs/platform/registration.md). What the person does there comes in as calls.
 */
import type { Answer } from '../http/answers.ts';
import type { Call, Route } from '../http/call.ts';
import { decisionIn, htmlPage } from '../page/page.ts';
import type { AppState } from '../state/app-state.ts';
import { hex } from '../state/ids.ts';
import { confirmed } from './confirm-pages.ts';
import { type Addons, decodeAddons, scannedAppState } from './scanned-app.ts';

export interface RegistrationOptions {
  /** Seconds between polls, and until the code is over. */
  readonly intervalS: number;
  readonly expiresInS: number;
  readonly now: () => number;
  readonly url: () => string;
  /** The scanning person. */
  readonly openId: string;
  readonly createApp: (state: Partial<AppState>) => { appId: string; appSecret: string };
  /** Adds to an app that there is; `undefined` where it is not there. */
  readonly changeApp: (
    appId: string,
    addons: Addons,
  ) => { appId: string; appSecret: string } | undefined;
  /** A person confirms a link that changes an app; throws RangeError where there is none. */
  readonly confirm: (link: string) => void;
}

interface Approval {
  /** The newest one that waits, unless named. */
  readonly userCode?: string;
  /** The link that was shown; its name and addons count as confirmed. */
  readonly url?: string;
  readonly openId?: string;
  readonly brand?: 'feishu' | 'lark';
  readonly app?: Partial<AppState>;
}

interface PendingRegistration {
  readonly userCode: string;
  readonly url: string;
  readonly status: 'pending' | 'approved' | 'denied' | 'expired';
}

/** What the person does who scans the code. */
export interface ScanningPerson {
  pending(): PendingRegistration[];
  /** The person confirms: makes the app. Throws RangeError where nothing waits. */
  approve(approval?: Approval): { appId: string; appSecret: string };
  deny(userCode?: string): void;
  expire(userCode?: string): void;
  /** Answers the next poll with `slow_down`. */
  slowDown(userCode?: string): void;
}

export interface Registration extends ScanningPerson {
  readonly routes: readonly Route[];
}

interface Flow {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly expiresAt: number;
  status: PendingRegistration['status'];
  intervalS: number;
  lastPollAt: number | undefined;
  slowDown: boolean;
  /** The page was opened with these parameters. */
  opened: URLSearchParams | undefined;
  result:
    | { appId: string; appSecret: string; openId: string; brand: 'feishu' | 'lark' }
    | undefined;
  brandReported: boolean;
}

const bad = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

export function createRegistration(options: RegistrationOptions): Registration {
  const flows = new Map<string, Flow>();
  const { now } = options;

  const pageOf = (flow: Flow): string =>
    `${options.url()}/page/launcher?user_code=${flow.userCode}`;

  function begin(): Answer {
    const flow: Flow = {
      deviceCode: hex(40),
      userCode: `${hex(4)}-${hex(4)}`.toUpperCase(),
      expiresAt: now() + options.expiresInS * 1000,
      status: 'pending',
      intervalS: options.intervalS,
      lastPollAt: undefined,
      slowDown: false,
      opened: undefined,
      result: undefined,
      brandReported: false,
    };
    flows.set(flow.deviceCode, flow);
    return {
      status: 200,
      body: {
        device_code: flow.deviceCode,
        user_code: flow.userCode,
        verification_uri: `${options.url()}/page/launcher`,
        verification_uri_complete: pageOf(flow),
        interval: options.intervalS,
        expires_in: options.expiresInS,
      },
    };
  }

  function poll(deviceCode: string): Answer {
    const flow = flows.get(deviceCode);
    if (!flow) return bad('invalid_grant', 'device_code is invalid');
    const tooSoon =
      flow.lastPollAt !== undefined && now() - flow.lastPollAt < (flow.intervalS * 1000) / 2;
    flow.lastPollAt = now();
    if (flow.status === 'pending' && now() >= flow.expiresAt) flow.status = 'expired';
    if (flow.status === 'expired') return bad('expired_token', 'The device code has expired.');
    if (flow.status === 'denied') return bad('access_denied', 'The user denied the request.');
    if (flow.slowDown || (tooSoon && flow.status === 'pending')) {
      flow.slowDown = false;
      return bad('slow_down', 'Polling too frequently.');
    }
    const { result } = flow;
    if (!result) return bad('authorization_pending', 'The user has not confirmed yet.');
    // For a Lark tenant, the first poll reports only the brand; the next one gets the secret.
    if (result.brand === 'lark' && !flow.brandReported) {
      flow.brandReported = true;
      return { status: 200, body: { user_info: { tenant_brand: 'lark' } } };
    }
    return {
      status: 200,
      body: {
        client_id: result.appId,
        client_secret: result.appSecret,
        user_info: { open_id: result.openId, tenant_brand: result.brand },
      },
    };
  }

  function waiting(userCode?: string): Flow {
    const flow = [...flows.values()].findLast(
      (candidate) =>
        candidate.status === 'pending' &&
        (userCode === undefined || candidate.userCode === userCode),
    );
    if (!flow) throw new RangeError('no registration waits');
    return flow;
  }

  /** The page of a link that names an app changes that one; `createOnly` wins over it. */
  function changedApp(
    page: URLSearchParams | undefined,
  ): { appId: string; appSecret: string } | undefined {
    const appId = page?.get('clientID');
    if (!appId || page?.get('createOnly') === 'true') return undefined;
    return options.changeApp(appId, decodeAddons(page?.get('addons') ?? undefined) ?? {});
  }

  function flowOf(page: URLSearchParams): Flow | undefined {
    const userCode = page.get('user_code');
    return [...flows.values()].find((candidate) => candidate.userCode === userCode);
  }

  function openPage({ query }: Call): Answer {
    const flow = flowOf(query);
    if (flow) flow.opened = query;
    if (!flow && !query.has('clientID')) {
      return htmlPage({ status: 404, title: '404', lines: ['This code is not known.'] });
    }
    const confirm = { value: 'confirm', label: '确认 · Confirm' };
    const refuse = { value: 'refuse', label: '拒绝 · Refuse' };
    return htmlPage({
      title: flow ? '创建应用 · Create an app' : '更新应用 · Change an app',
      lines: [query.get('name') ?? '', query.get('clientID') ?? ''].filter((line) => line !== ''),
      buttons: flow ? [confirm, refuse] : [confirm],
    });
  }

  function pressButton(call: Call): Answer {
    const flow = flowOf(call.query);
    if (!flow) return confirmed(call, options.confirm);
    if (flow.status !== 'pending') {
      return htmlPage({ status: 410, title: '410', lines: [`This code is ${flow.status}.`] });
    }
    if (decisionIn(call.body) === 'refuse') {
      flow.status = 'denied';
      return htmlPage({ title: '已拒绝 · Refused', lines: [] });
    }
    approveFlow(flow, call.query, {});
    return htmlPage({ title: '已创建 · Created', lines: ['请返回终端 · Back to the terminal'] });
  }

  function approveFlow(
    flow: Flow,
    page: URLSearchParams | undefined,
    { openId = options.openId, brand = 'feishu', app = {} }: Approval,
  ): { appId: string; appSecret: string } {
    const { appId, appSecret } =
      changedApp(page) ?? options.createApp({ ...scannedAppState(page), ...app });
    flow.result = { appId, appSecret, openId, brand };
    flow.status = 'approved';
    return { appId, appSecret };
  }

  return {
    routes: [
      {
        method: 'POST',
        path: '/oauth/v1/app/registration',
        access: 'open',
        handle: (call) => {
          const form = new URLSearchParams(call.body.toString('utf8'));
          switch (form.get('action')) {
            case 'init':
              return { status: 200, body: { supported_auth_methods: ['client_secret'] } };
            case 'begin':
              return begin();
            case 'poll':
              return poll(form.get('device_code') ?? '');
            default:
              return bad('invalid_request', 'action must be init, begin or poll');
          }
        },
      },
      { method: 'GET', path: '/page/launcher', access: 'open', handle: openPage },
      { method: 'POST', path: '/page/launcher', access: 'open', handle: pressButton },
    ],
    pending: () =>
      [...flows.values()].map((flow) => ({
        userCode: flow.userCode,
        url: pageOf(flow),
        status: flow.status,
      })),
    approve(approval = {}) {
      const { userCode, url } = approval;
      const link = url === undefined ? undefined : new URL(url).searchParams;
      const flow = waiting(userCode ?? link?.get('user_code') ?? undefined);
      return approveFlow(flow, link ?? flow.opened, approval);
    },
    deny(userCode) {
      waiting(userCode).status = 'denied';
    },
    expire(userCode) {
      waiting(userCode).status = 'expired';
    },
    slowDown(userCode) {
      waiting(userCode).slowDown = true;
    },
  };
}
