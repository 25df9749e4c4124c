/** The chat page and what it loads: its files, the feed, and the images and files of messages. */
import type { Answer } from '../http/answers.ts';
import type { IncomingCall } from '../http/server.ts';
import type { Resource, ResourceStore } from '../state/resources.ts';
import { asset, icon } from './assets.ts';
import type { PageFeed } from './feed.ts';
import { pageHeaders } from './page-headers.ts';

export interface ChatPageOptions {
  /** The path of the page, with a slash at its end. */
  readonly path: string;
  readonly feed: PageFeed;
  readonly resources: ResourceStore;
}

/** Addresses in the page are relative, so that the token is in none of its files. */
const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox · moltbot-feishu</title>
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="client.css">
<script type="module" src="client.js"></script>
</head>
<body><noscript>This page needs JavaScript. 此页面需要 JavaScript。</noscript></body>
</html>
`;

/** Answers a call below the page's path; `undefined` for any other. */
export function createChatPage(
  options: ChatPageOptions,
): (call: IncomingCall) => Promise<Answer | undefined> {
  const { path, feed, resources } = options;
  return async ({ method, url }) => {
    if (method !== 'GET' || !url.pathname.startsWith(path)) return undefined;
    const name = url.pathname.slice(path.length);
    switch (name) {
      case '':
        return { status: 200, headers: pageHeaders, body: html };
      case 'client.js':
      case 'client.css':
        return asset(name);
      case 'icon.svg':
        return icon();
      case 'feed':
        return {
          status: 200,
          headers: pageHeaders,
          body: await feed.after(Number(url.searchParams.get('after') ?? '0')),
        };
      default:
        return name.startsWith('resource/')
          ? resourceAnswer(resources.get(name.slice('resource/'.length)))
          : undefined;
    }
  };
}

/** What a browser may show in place. Anything else, an SVG or a page, is only saved. */
const shown = /^(?:image\/(?:png|jpeg|gif|webp|bmp)|audio\/(?:ogg|mpeg|wav)|video\/(?:mp4|webm))$/;

async function resourceAnswer(resource: Resource | undefined): Promise<Answer> {
  if (!resource) return { status: 404, headers: pageHeaders, body: 'no such file' };
  const { fileTypeFromBuffer } = await import('file-type');
  const [head = new Uint8Array()] = resource.chunks();
  const mime = (await fileTypeFromBuffer(head))?.mime.split(';')[0] ?? '';
  const isShown = shown.test(mime);
  const name = encodeURIComponent(resource.fileName || resource.key);
  return {
    status: 200,
    headers: {
      ...pageHeaders,
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': isShown ? mime : 'application/octet-stream',
      'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    },
    body: resource,
  };
}
