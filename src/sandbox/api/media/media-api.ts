/** im/v1/images and im/v1/files: uploads (docs/platform/media-and-cards.md#uploads). */
import {
  FILE_UPLOAD_BYTES,
  GIF_SIDE_PIXELS,
  IMAGE_SIDE_PIXELS,
  IMAGE_UPLOAD_BYTES,
} from '../../../platform/limits.ts';
import { imageSize } from '../../../platform/media/image-size.ts';
import { type Answer, ok, refusal } from '../../http/answers.ts';
import type { AppCall, Route } from '../../http/call.ts';
import { parseMultipart } from '../../http/multipart.ts';
import type { Resource, ResourceStore } from '../../state/resources.ts';
import { scopeRules } from '../../state/scopes.ts';
import { imageType } from './file-kind.ts';

const imageTypes = new Set(['message', 'avatar']);
const fileTypes = new Set(['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream']);

export function uploadRoutes(resources: ResourceStore): readonly Route[] {
  function upload({ app, body, headers }: AppCall, kind: Resource['kind']): Answer {
    if (!app.state.bot) return refusal(234007, 'App does not enable bot feature.');
    const form = parseMultipart(String(headers['content-type']), body);
    const bytes = form?.get(kind);
    const type = form?.get(`${kind}_type`)?.toString() ?? '';
    const fileName = form?.get('file_name')?.toString();
    const isKnown =
      kind === 'image' ? imageTypes.has(type) : fileTypes.has(type) && fileName !== undefined;
    if (!bytes || !isKnown) return refusal(234001, 'Invalid request param.');
    if (bytes.length === 0) return refusal(234010, "File's size can't be 0.");
    if (bytes.length > (kind === 'image' ? IMAGE_UPLOAD_BYTES : FILE_UPLOAD_BYTES)) {
      return refusal(234006, 'The file size exceed the max value.');
    }
    const duration = form?.get('duration')?.toString();
    if (duration !== undefined && !/^[1-9]\d*$/.test(duration)) {
      return refusal(234001, 'Invalid request param.');
    }
    const refused = kind === 'image' ? refusalForImage(bytes) : undefined;
    if (refused) return refused;
    const key = resources.put(kind, bytes, {
      fileName,
      appId: app.appId,
      ...(kind === 'file' && { uploadType: type }),
      ...(duration !== undefined && { durationMs: Number(duration) }),
    });
    return ok({ [`${kind}_key`]: key });
  }

  return [
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
  ];
}

function refusalForImage(bytes: Buffer): Answer | undefined {
  const type = imageType(bytes);
  if (type === undefined) return refusal(234011, "Can't recognize the image format.");
  const { width = 0, height = 0 } = imageSize(bytes) ?? {};
  const most = type === 'image/gif' ? GIF_SIDE_PIXELS : IMAGE_SIDE_PIXELS;
  if (Math.max(width, height) <= most) return undefined;
  return refusal(234039, 'The image resolution exceeds the limit.');
}
