/** Ids in the shapes that the platform uses: a prefix and lower-case hex digits. */
import { randomBytes } from 'node:crypto';

/** `digits` random hex digits. */
export function hex(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);
}

/** A random number of so many decimal digits, the first of them not 0. */
export function digits(count: number): string {
  const rest = Array.from(randomBytes(count - 1), (byte) => byte % 10).join('');
  return `7${rest}`;
}

export const newId = {
  app: () => `cli_${hex(16)}`,
  appSecret: () => hex(32),
  message: () => `om_${hex(32)}`,
  chat: () => `oc_${hex(32)}`,
  user: () => `ou_${hex(32)}`,
  union: () => `on_${hex(32)}`,
  thread: () => `omt_${hex(16)}`,
  event: () => hex(32),
  log: () => hex(32),
  token: () => `t-${hex(40)}`,
  image: () => `img_v3_${hex(32)}g`,
  file: () => `file_v3_${hex(32)}g`,
  reaction: () => hex(40),
  version: () => `oav_${hex(32)}`,
  command: () => hex(19),
} as const;
