/** The calls that a sandbox was sent, with everything secret masked. */
import { isFields } from '../../shared/fields.ts';
import { MASK } from '../../shared/secret.ts';

export interface RecordedCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** The JSON body with secrets masked; `undefined` where there was none or it was no JSON. */
  readonly body: unknown;
  readonly bodyBytes: number;
  /** The HTTP status that was answered; 0 where the connection was cut, 101 for a handshake. */
  readonly status: number;
  readonly at: number;
}

const secretKey = /secret|token|ticket|device_code|authorization/i;

/** A copy without secrets: the value of each key that names one becomes `***`. */
export function maskSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      secretKey.test(key) && typeof inner === 'string' ? MASK : maskSecrets(inner),
    ]),
  );
}

/** A path with the values of secret query parameters masked. */
export function maskPath(path: string): string {
  return path.replace(/([?&](?:ticket|access_key|device_code)=)[^&]*/g, `$1${MASK}`);
}
