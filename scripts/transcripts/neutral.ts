/** Takes out of a transcript what differs from run to run: ids, times, places. Pure. */

export interface Known {
  readonly home: string;
  /** The sandbox's base URL. */
  readonly url: string;
}

const EXAMPLE_APP = 'cli_a1b2c3d4e5f60718';
const EXAMPLE_PERSON = 'ou_7f3c5a2e9b1d4c6f8a0e2b4d6c8f0a1e';

export function neutral(lines: readonly string[], { home, url }: Known): string {
  return lines
    .join('\n')
    .replaceAll(home, '~')
    .replaceAll(url, 'http://127.0.0.1:9000')
    .replaceAll(url.replace(/^http/, 'ws'), 'ws://127.0.0.1:9000')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:9000')
    .replace(/cli_[0-9a-f]{16}/g, EXAMPLE_APP)
    .replace(/cli_[0-9a-f]{4}…[0-9a-f]{4}/g, `${EXAMPLE_APP.slice(0, 8)}…${EXAMPLE_APP.slice(-4)}`)
    .replace(/\bou_\w+/g, EXAMPLE_PERSON)
    .replace(/\b(om|oc|on)_\w+/g, '$1_…')
    .replace(/user_code=[\w-]+/g, 'user_code=ABCD-EFGH')
    .replace(/\b\d+(?:\.\d+)? (ms|s|毫秒|秒)(?![\w])/g, '… $1')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
}
