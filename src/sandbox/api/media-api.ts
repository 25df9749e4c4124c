/** im/v1/images, im/v1/files and a message's resources (docs/platform/media-and-cards.md). */
import { FILE_UPLOAD_BYTES, IMAGE_UPLOAD_BYTES } from '../../platform/limits.ts';
import { type Answer, ok, refusal } from '../http/answers.ts';
import type { AppCall, Route } from '../http/call.ts';
import { parseObject } from '../http/call.ts';
import { parseMultipart } from '../http/multipart.ts';
import type { ChatStore } from '../state/chats.ts';
import { newId } from '../state/ids.ts';
import { scopeRules } from '../state/scopes.ts';
import { isMember } from './message-api.ts';

const imageTypes = new Set(['message', 'avatar']);
const fileTypes = new Set(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream']);
const typesWithoutResources = new Set(['interactive', 'sticker', 'merge_forward']);

/** Something uploaded, or put beside a person's message. */
interface Resource {
  readonly key: string;
  readonly kind: 'image' | 'file';
  readonly bytes: Buffer;
  readonly fileName: string;
}

export interface Resources {
  readonly routes: readonly Route[];
  /** Puts a resource there, as a person's client does before it sends the message. */
  put(kind: Resource['kind'], bytes: Uint8Array, fileName?: string): string;
}

export function createResources(chats: ChatStore): Resources {
  const resources = new Map<string, Resource>();

  function put(kind: Resource['kind'], bytes: Uint8Array, fileName = ''): string {
    const key = newId[kind]();
    resources.set(key, { key, kind, bytes: Buffer.from(bytes), fileName });
    return key;
  }

  function upload({ app, body, headers }: AppCall, kind: Resource['kind']): Answer {
    if (!app.state.bot) return refusal(234007, 'App does not enable bot feature.');
    const form = parseMultipart(String(headers['content-type']), body);
    const bytes = form?.get(kind);
    const type = form?.get(`${kind}_type`)?.toString() ?? '';
    const name = form?.get('file_name')?.toString();
    const isKnown =
      kind === 'image' ? imageTypes.has(type) : fileTypes.has(type) && name !== undefined;
    if (!bytes || !isKnown) return refusal(234001, 'Invalid request param.');
    if (bytes.length === 0) return refusal(234010, "File's size can't be 0.");
    if (bytes.length > (kind === 'image' ? IMAGE_UPLOAD_BYTES : FILE_UPLOAD_BYTES)) {
      return refusal(234006, 'The file size exceed the max value.');
    }
    if (kind === 'file') return ok({ file_key: put('file', bytes, name) });
    if (!isImage(bytes)) return refusal(234011, "Can't recognize the image format.");
    return ok({ image_key: put('image', bytes) });
  }

  return {
    put,
    routes: [
      {
        method: 'POST',
        path: '/open-apis/im/v1/images',
        access: 'app',
        scopes: scopeRules.upload,
        handle: (call) => upload(call, 'image'),
      },
      {
        method: 'POST',
        path: '/open-apis/im/v1/files',
        access: 'app',
        scopes: scopeRules.upload,
        handle: (call) => upload(call, 'file'),
      },
      {
        method: 'GET',
        path: '/open-apis/im/v1/messages/:message_id/resources/:file_key',
        access: 'app',
        scopes: scopeRules.read,
        handle: ({ app, params, query }) => {
          const message = chats.get(params.message_id ?? '');
          const resource = resources.get(params.file_key ?? '');
          const type = query.get('type');
          if (!message || (type !== 'image' && type !== 'file')) {
            return refusal(234001, 'Invalid request param.');
          }
          if (!isMember(chats, app, message.chatId))
            return refusal(234004, 'App is not in the chat.');
          if (message.deleted) return refusal(234005, 'The file has been deleted.');
          if (typesWithoutResources.has(message.msgType)) {
            return refusal(234043, 'Unsupported message type.');
          }
          if (!resource || !keysIn(message.content).has(resource.key)) {
            return refusal(234003, 'File not in message.');
          }
          return {
            status: 200,
            body: resource.bytes,
            headers: {
              'content-type': 'application/octet-stream',
              'content-disposition': `attachment; filename="${encodeURIComponent(resource.fileName)}"`,
            },
          };
        },
      },
    ],
  };
}

/** First bytes, as hex, of JPEG, PNG, GIF, BMP, TIFF (both orders), ICO. */
const imageSignatures = [
  'ffd8ff',
  '89504e47',
  '47494638',
  '424d',
  '49492a00',
  '4d4d002a',
  '00000100',
];

function isImage(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 12).toString('hex');
  const isWebp = head.startsWith('52494646') && head.endsWith('57454250');
  return isWebp || imageSignatures.some((signature) => head.startsWith(signature));
}

/** Every string in a content: a message's own keys are among them. */
function keysIn(content: string): Set<string> {
  const keys = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') keys.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(parseObject(content));
  return keys;
}
