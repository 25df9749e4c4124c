/** Reads the answers of the registration endpoint leniently (docs/platform/registration.md#protocol). Pure. */
import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';
import { Secret } from '../../shared/secret.ts';
import { SCAN_LINK_MS } from '../limits.ts';
import type { HttpAnswer } from '../network/answer.ts';

const optionalText = z.string().min(1).optional().catch(undefined);
const seconds = z.number().nonnegative().optional().catch(undefined);

const beginAnswer = z.object({
  device_code: z.string().min(1),
  user_code: optionalText,
  verification_uri_complete: z.url({ protocol: /^https?$/ }),
  interval: seconds,
  expires_in: seconds,
});

const pollAnswer = z.object({
  client_id: optionalText,
  client_secret: optionalText,
  user_info: z
    .object({ open_id: optionalText, tenant_brand: optionalText })
    .optional()
    .catch(undefined),
});

const refusalAnswer = z.object({ error: z.string().min(1), error_description: optionalText });

export interface BegunRegistration {
  /** A process that has this code can fetch the app's secret. */
  readonly deviceCode: Secret;
  readonly userCode: string;
  readonly page: URL;
  readonly intervalMs: number;
  readonly expiresInMs: number;
}

export type RegistrationAnswer =
  | { readonly kind: 'begun'; readonly begun: BegunRegistration }
  | {
      readonly kind: 'registered';
      readonly appId: string;
      readonly appSecret: Secret;
      readonly openId: string | undefined;
      readonly brand: string | undefined;
    }
  /** The answer reports only the person's brand, not yet the secret. */
  | { readonly kind: 'brand'; readonly brand: string }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string }
  | { readonly kind: 'unreadable' };

/** Used if the answer has no times: 5 s and 10 minutes, the SDK's defaults. */
const DEFAULT_INTERVAL_S = 5;
/** The shortest pause between two polls, even if the server asks for none. */
const MIN_INTERVAL_MS = 200;

export function readBegin(answer: HttpAnswer): RegistrationAnswer {
  const body = parseJson(answer.text);
  const begun = beginAnswer.safeParse(body);
  if (!begun.success) return refusalIn(body);
  const { data } = begun;
  const page = new URL(data.verification_uri_complete);
  return {
    kind: 'begun',
    begun: {
      deviceCode: new Secret(data.device_code),
      userCode: data.user_code ?? page.searchParams.get('user_code') ?? '',
      page,
      intervalMs: Math.max((data.interval ?? DEFAULT_INTERVAL_S) * 1000, MIN_INTERVAL_MS),
      expiresInMs: data.expires_in === undefined ? SCAN_LINK_MS : data.expires_in * 1000,
    },
  };
}

export function readPoll(answer: HttpAnswer): RegistrationAnswer {
  const body = parseJson(answer.text);
  const poll = pollAnswer.safeParse(body);
  if (!poll.success) return { kind: 'unreadable' };
  const { client_id: appId, client_secret: appSecret, user_info: user } = poll.data;
  if (appId !== undefined && appSecret !== undefined) {
    return {
      kind: 'registered',
      appId,
      appSecret: new Secret(appSecret),
      openId: user?.open_id,
      brand: user?.tenant_brand,
    };
  }
  if (user?.tenant_brand !== undefined) return { kind: 'brand', brand: user.tenant_brand };
  return refusalIn(body);
}

function refusalIn(body: unknown): RegistrationAnswer {
  const refusal = refusalAnswer.safeParse(body);
  if (!refusal.success) return { kind: 'unreadable' };
  const { error, error_description: description = '' } = refusal.data;
  return { kind: 'refused', error, description };
}
