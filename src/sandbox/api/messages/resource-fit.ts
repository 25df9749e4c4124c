/** Whether the keys of a media message fit it: known, the app's own, of its type (docs/platform/media-and-cards.md#uploads). */
import { type Answer, invalidParameter, refusal } from '../../http/answers.ts';
import { parseObject } from '../../http/call.ts';
import type { Resource, ResourceStore } from '../../state/resources.ts';

/** Which `file_type` an uploaded file may have, by `msg_type`. */
const fits: ReadonlyMap<string, (uploadType: string | undefined) => boolean> = new Map([
  ['file', (type) => type !== 'mp4' && type !== 'opus'],
  ['audio', (type) => type === 'opus'],
  ['media', (type) => type === 'mp4'],
]);

/** The refusal that a message meets for its keys; `undefined` where it may be sent. */
export function refusalForResources(
  appId: string,
  msgType: string,
  content: string,
  resources: ResourceStore,
): Answer | undefined {
  const value = parseObject(content) ?? {};
  const file = fits.has(msgType) ? value.file_key : undefined;
  const image = msgType === 'image' || msgType === 'media' ? value.image_key : undefined;
  for (const [key, kind] of [
    [file, 'file'],
    [image, 'image'],
  ] as const) {
    if (typeof key !== 'string') continue;
    const resource = resources.get(key);
    const refused = refusalForResource(appId, resource, kind, key);
    if (refused) return refused;
    if (kind === 'file' && fits.get(msgType)?.(resource?.uploadType) !== true) {
      return refusal(230055, 'The type of file upload does not match the message type.');
    }
  }
  return undefined;
}

function refusalForResource(
  appId: string,
  resource: Resource | undefined,
  kind: Resource['kind'],
  key: string,
): Answer | undefined {
  if (resource?.kind !== kind) return invalidParameter(`invalid ${kind}_key: ${key}`);
  if (resource.appId === appId) return undefined;
  return refusal(230017, 'Bot is NOT the owner of the resource.');
}
