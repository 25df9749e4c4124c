/** Who may open the sandbox's pages and control calls: this machine's own browser, at this address. */
import type { IncomingCall } from '../http/server.ts';

/**
 * True where a call comes from a page of another site, or by a name that is not this machine's: a name
 * can be made to lead here after a browser has loaded a page from it.
 *
 * @param own the sandbox's own address
 */
export function isForeign({ headers }: Pick<IncomingCall, 'headers'>, own: URL): boolean {
  const hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${own.port}`);
  const { host = '', origin } = headers;
  if (!hosts.includes(host)) return true;
  return origin !== undefined && origin !== `${own.protocol}//${host}`;
}
