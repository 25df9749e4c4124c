/** The faults that a sandbox can simulate, and the choice of the rule for a request. */
import { z } from 'zod';

/** What a call gets instead of its answer. */
export type Fault =
  /** Answers this status; a body that is no string goes out as JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Answers properly, but later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Cuts the connection without an answer; with `after: true` the call has taken effect before. */
  | { readonly kind: 'drop'; readonly after?: boolean }
  /** Answers 200 with a body that is not the platform's. */
  | { readonly kind: 'malformed'; readonly as?: 'html' | 'truncated' | 'no-data' | 'empty' }
  /** Answers an Open Platform code, with HTTP 400 by default. */
  | {
      readonly kind: 'code';
      readonly code: number;
      readonly msg: string;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Never answers. */
  | { readonly kind: 'hang' }
  | BodyFault;

/** What breaks the body of an answer that is otherwise the proper one. */
export type BodyFault =
  /** Comes slowly, in ten pieces a second. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** Nothing more comes after so many bytes; the connection stays. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** The connection is cut after so many bytes. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** `Content-Length` says another number than there are bytes. */
  | { readonly kind: 'wrong-length'; readonly declaredBytes: number };

const headers = z.record(z.string(), z.string()).exactOptional();

const byteCount = z.number().int().min(0);

const fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.number().int().min(200).max(599),
    body: z.unknown().exactOptional(),
    headers,
  }),
  z.object({ kind: z.literal('delay'), ms: z.number().min(0) }),
  z.object({ kind: z.literal('drop'), after: z.boolean().exactOptional() }),
  z.object({
    kind: z.literal('malformed'),
    as: z.enum(['html', 'truncated', 'no-data', 'empty']).exactOptional(),
  }),
  z.object({
    kind: z.literal('code'),
    code: z.number().int(),
    msg: z.string(),
    status: z.number().int().exactOptional(),
    headers,
  }),
  z.object({ kind: z.literal('hang') }),
  z.object({ kind: z.literal('slow'), bytesPerSecond: z.number().positive() }),
  z.object({ kind: z.literal('stall'), afterBytes: byteCount }),
  z.object({ kind: z.literal('cut'), afterBytes: byteCount }),
  z.object({ kind: z.literal('wrong-length'), declaredBytes: byteCount }),
]) satisfies z.ZodType<Fault>;

export const faultRuleSchema = z.object({
  match: z.object({ method: z.string().exactOptional(), path: z.string().exactOptional() }),
  times: z.number().int().min(1).exactOptional(),
  after: z.number().int().min(0).exactOptional(),
  forMs: z.number().min(0).exactOptional(),
  do: fault,
});

/** A fault for the requests that match; a string path matches any path that contains it. */
export interface FaultRule {
  readonly match: { readonly method?: string; readonly path?: string | RegExp };
  /** How many requests it meets; without it, all until cleared. */
  readonly times?: number;
  /** How many requests that match go well before. */
  readonly after?: number;
  /** How long the rule is there, by the sandbox's clock (ms): an outage. */
  readonly forMs?: number;
  readonly do: Fault;
}

export interface Faults {
  add(rule: FaultRule): { clear(): void };
  clearAll(): void;
  /** The fault that this request meets, counted; the oldest rule first. */
  take(method: string, path: string): Fault | undefined;
}

export function isBodyFault(fault: Fault | undefined): fault is BodyFault {
  return fault !== undefined && ['slow', 'stall', 'cut', 'wrong-length'].includes(fault.kind);
}

export function createFaults(now: () => number): Faults {
  const rules = new Set<{
    readonly rule: FaultRule;
    readonly until: number;
    before: number;
    left: number;
  }>();
  return {
    add(rule) {
      const entry = {
        rule,
        until: now() + (rule.forMs ?? Number.POSITIVE_INFINITY),
        before: rule.after ?? 0,
        left: rule.times ?? Number.POSITIVE_INFINITY,
      };
      rules.add(entry);
      return { clear: () => void rules.delete(entry) };
    },
    clearAll: () => rules.clear(),
    take(method, path) {
      for (const entry of rules) {
        if (now() >= entry.until) rules.delete(entry);
        else if (!matches(entry.rule.match, method, path)) continue;
        else if (entry.before > 0) entry.before -= 1;
        else {
          entry.left -= 1;
          if (entry.left <= 0) rules.delete(entry);
          return entry.rule.do;
        }
      }
      return undefined;
    },
  };
}

function matches(match: FaultRule['match'], method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  if (typeof match.path === 'string') return path.includes(match.path);
  // A rule with the g flag would remember where it stopped.
  match.path.lastIndex = 0;
  return match.path.test(path);
}
