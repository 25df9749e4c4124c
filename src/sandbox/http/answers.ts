/** Answers in the platform's envelope (docs/platform/errors.md#how-a-refusal-looks). */
import { newId } from '../state/ids.ts';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON unless it is bytes, a source of bytes, or a string. */
  readonly body: unknown;
}

/** `{code: 0, msg: 'success', data}`; `top` puts fields beside `code`. */
export function ok(data?: unknown, top: Readonly<Record<string, unknown>> = {}): Answer {
  return {
    status: 200,
    body: { code: 0, msg: 'success', ...(data !== undefined && { data }), ...top },
  };
}

/** A refusal: HTTP 400 by default, with `code`, `msg`, and `error` with a log id. */
export function refusal(
  code: number,
  msg: string,
  options: {
    readonly status?: number;
    readonly error?: Readonly<Record<string, unknown>>;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Answer {
  return {
    status: options.status ?? 400,
    ...(options.headers && { headers: options.headers }),
    body: { code, msg, error: { log_id: newId.log(), ...options.error } },
  };
}

/** 230001 with the text after `ext=` that says which parameter it is. */
export function invalidParameter(ext: string): Answer {
  return refusal(230001, `Your request contains an invalid request parameter, ext=${ext}`);
}

/** 99992402: a field is missing or has the wrong type. */
export function fieldViolation(field: string, description: string): Answer {
  return refusal(99992402, 'field validation failed', {
    error: { field_violations: [{ field, description, value: '' }] },
  });
}
