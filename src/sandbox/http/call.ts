/** One HTTP call on its way through the sandbox. */
import { isFields } from '../../shared/fields.ts';
import { parseJson } from '../../shared/json.ts';
import type { SandboxApp } from '../state/app-state.ts';
import type { Answer } from './answers.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A call that came with a valid tenant_access_token. */
export interface AppCall extends Call {
  readonly app: SandboxApp;
}

type Handler<C> = (call: C) => Answer | Promise<Answer>;

interface RouteShape {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `:name` matches one segment. */
  readonly path: string;
}

interface OpenRoute extends RouteShape {
  readonly access: 'open';
  readonly handle: Handler<Call>;
}

interface AppRoute extends RouteShape {
  readonly access: 'app';
  /** One of these scopes is enough; empty needs none. */
  readonly scopes: readonly string[];
  readonly handle: Handler<AppCall>;
}

export type Route = OpenRoute | AppRoute;

/** The body as a JSON object; `undefined` where it is none. An empty body is `{}`. */
export function jsonBody(call: Call): Record<string, unknown> | undefined {
  if (call.body.length === 0) return {};
  return parseObject(call.body.toString('utf8'));
}

/** A text as a JSON object; `undefined` where it is anything else. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  const value = parseJson(text);
  return isFields(value) ? value : undefined;
}

export function stringField(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}
