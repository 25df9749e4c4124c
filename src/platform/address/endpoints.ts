/** Where a domain setting leads: the base URLs of Feishu, Lark, or one base for everything. */
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { trimEndOf } from '../../shared/text/trim-end.ts';
import { platformError } from '../platform-errors.ts';

export type Brand = 'feishu' | 'lark' | 'custom';

/** Base URLs, without a trailing slash. */
export interface PlatformEndpoints {
  readonly brand: Brand;
  /** The Open API and the long-connection endpoint. */
  readonly openApi: string;
  /** The device flow that creates an app by a scan. */
  readonly accounts: string;
  /** The developer console; its pages lie under `/app`. */
  readonly console: string;
  /** Links that open the client. */
  readonly applink: string;
}

const feishu: PlatformEndpoints = {
  brand: 'feishu',
  openApi: 'https://open.feishu.cn',
  accounts: 'https://accounts.feishu.cn',
  console: 'https://open.feishu.cn',
  applink: 'https://applink.feishu.cn',
};

const lark: PlatformEndpoints = {
  brand: 'lark',
  openApi: 'https://open.larksuite.com',
  accounts: 'https://accounts.larksuite.com',
  console: 'https://open.larksuite.com',
  applink: 'https://applink.larksuite.com',
};

/**
 * The base URLs for a `domain` setting.
 *
 * @param domain `feishu`, `lark`, or an http(s) URL that serves everything (private deployment,
 *   sandbox); the public hosts written as a URL count as their brand
 * @throws MoltbotFeishuError `domain-invalid` (exit 2)
 */
export function resolveEndpoints(domain: string): PlatformEndpoints {
  const wanted = domain.trim();
  if (wanted.toLowerCase() === 'feishu') return feishu;
  if (wanted.toLowerCase() === 'lark') return lark;
  const url = parseBase(wanted);
  if (!url) throw domainInvalid(wanted);
  const base = `${url.origin}${trimEndOf(url.pathname, '/')}`;
  if (base === feishu.openApi) return feishu;
  if (base === lark.openApi) return lark;
  return { brand: 'custom', openApi: base, accounts: base, console: base, applink: base };
}

/** Whether a text has the form of an App ID: `cli_` and 16 hex digits (docs/platform/credentials.md#token). */
export function isAppId(value: string): boolean {
  return /^cli_[0-9a-fA-F]{16}$/.test(value);
}

function parseBase(value: string): URL | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  // A base with credentials would end up in links and logs; one with a query cannot be a base.
  const isPlain = !url.username && !url.password && !url.search && !url.hash;
  return isHttp && isPlain ? url : undefined;
}

function domainInvalid(domain: string): MoltbotFeishuError {
  // A URL may carry a password: then it is not repeated.
  const shown = domain.includes('@') ? '***' : domain;
  return platformError('domainInvalid', { domain: shown });
}
