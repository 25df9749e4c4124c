declare module 'proxy-from-env' {
  /** The proxy URL for a URL by `process.env`, or an empty string (proxy-from-env@2.1.0). */
  export function getProxyForUrl(url: string): string;
}
