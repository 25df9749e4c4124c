/** A message's resources, and an app's own uploads (docs/platform/media-and-cards.md#downloads). */
import { RESOURCE_DOWNLOAD_BYTES } from '../../../platform/limits.ts';
import { type Answer, refusal } from '../../http/answers.ts';
import { type AppCall, parseObject, type Route } from '../../http/call.ts';
import type { ChatStore, StoredMessage } from '../../state/chats.ts';
import type { Resource, ResourceStore } from '../../state/resources.ts';
import { scopeRules } from '../../state/scopes.ts';
import { isMember } from '../messages/message-api.ts';
import { fileType, imageType } from './file-kind.ts';

const typesWithoutResources = new Set(['interactive', 'sticker', 'folder']);

export interface DownloadOptions {
  readonly chats: ChatStore;
  readonly resources: ResourceStore;
}

export function downloadRoutes({ chats, resources }: DownloadOptions): readonly Route[] {
  /** The resource of a message, past the checks of the call. */
  function inMessage({ app, params, query }: AppCall): Resource | Answer {
    const message = chats.get(params.message_id ?? '');
    const resource = resources.get(params.file_key ?? '');
    const type = query.get('type');
    if (!message || (type !== 'image' && type !== 'file')) {
      return refusal(234001, 'Invalid request param.');
    }
    if (!isMember(chats, app, message.chatId)) return refusal(234004, 'App is not in the chat.');
    if (message.deleted) return refusal(234005, 'The file has been deleted.');
    const merged = chats.mergedIn(message.messageId);
    const isMergedOnly = message.msgType === 'merge_forward' && !app.state.servesMergedFiles;
    const isRefused = typesWithoutResources.has(message.msgType) || isMergedOnly;
    // A merged message is reached by the one that holds it, if at all.
    if (isRefused || message.upperMessageId !== undefined) {
      return refusal(234043, 'Unsupported message type.');
    }
    const holders = [message, ...merged].filter(
      ({ msgType }) => !typesWithoutResources.has(msgType),
    );
    if (!resource || !holders.some((holder) => keysIn(holder).has(resource.key))) {
      return refusal(234003, 'File not in message.');
    }
    if (resource.kind !== type) return refusal(234001, 'Invalid request param.');
    return resource;
  }

  function own({ app, params }: AppCall, kind: Resource['kind']): Resource | Answer {
    const resource = resources.get(params.key ?? '');
    if (resource?.kind !== kind) return refusal(234001, 'Invalid request param.');
    if (resource.appId === app.appId) return resource;
    return refusal(234008, 'The app is not the resource sender.');
  }

  const serving = (call: AppCall, found: Resource | Answer): Answer =>
    'status' in found ? found : served(found, call);

  return [
    {
      method: 'GET',
      path: '/open-apis/im/v1/messages/:message_id/resources/:file_key',
      access: 'app',
      scopes: scopeRules.read,
      handle: (call) => serving(call, inMessage(call)),
    },
    {
      method: 'GET',
      path: '/open-apis/im/v1/images/:key',
      access: 'app',
      scopes: [],
      handle: (call) => serving(call, own(call, 'image')),
    },
    {
      method: 'GET',
      path: '/open-apis/im/v1/files/:key',
      access: 'app',
      scopes: [],
      handle: (call) => serving(call, own(call, 'file')),
    },
  ];
}

function served(resource: Resource, { headers }: AppCall): Answer {
  if (resource.size > RESOURCE_DOWNLOAD_BYTES) {
    return refusal(234037, 'Downloaded file size exceeds limit.');
  }
  const [head = new Uint8Array()] = resource.chunks();
  const type =
    resource.kind === 'image' ? (imageType(head) ?? 'image/png') : fileType(resource.fileName);
  // The name comes only to a request that calls itself JSON, and as raw bytes.
  const isNamed = /^application\/json\b/i.test(String(headers['content-type'] ?? ''));
  return {
    status: 200,
    body: resource,
    headers: {
      'content-type': type,
      ...(isNamed && { 'content-disposition': disposition(resource.fileName) }),
    },
  };
}

/** A header is sent as Latin-1: this way the bytes on the wire are those of UTF-8. */
function disposition(fileName: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a header cannot hold them
  const safe = fileName.replace(/[\u0000-\u001f"\\\u007f]/g, '_');
  return `attachment; filename="${Buffer.from(safe, 'utf8').toString('latin1')}"`;
}

/** Every string in a content: a message's own keys are among them, also in inline images. */
function keysIn({ content }: StoredMessage): { has(key: string): boolean } {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(parseObject(content));
  return { has: (key) => texts.some((text) => text.includes(key)) };
}
