/** The state of an app that a person created by scanning (docs/platform/registration.md). */
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { parseObject } from '../http/call.ts';
import { type AppState, workingApp } from '../state/app-state.ts';
import { knownScopes, scannedAppScopes } from '../state/scopes.ts';

const templateEvents = [
  'im.message.receive_v1',
  'im.message.reaction.created_v1',
  'im.message.reaction.deleted_v1',
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
];

const addonsSchema = z.object({
  preset: z.boolean().optional(),
  scopes: z.object({ tenant: z.array(z.string()).optional() }).optional(),
  events: z
    .object({ items: z.object({ tenant: z.array(z.string()).optional() }).optional() })
    .optional(),
  callbacks: z.object({ items: z.array(z.string()).optional() }).optional(),
});

export type Addons = z.infer<typeof addonsSchema>;

/** The template, and what the link asked for on top. */
export function scannedAppState(link: URLSearchParams | undefined): Partial<AppState> {
  const addons = decodeAddons(link?.get('addons') ?? undefined);
  const bare = addons?.preset === false;
  const scopes = (addons?.scopes?.tenant ?? []).filter((scope) => knownScopes.has(scope));
  const name = link?.get('name')?.replaceAll('{user}', 'Sandbox User');
  return {
    name: name || workingApp.name,
    scopes: [...new Set([...(bare ? [] : scannedAppScopes), ...scopes])],
    events: [
      ...new Set([...(bare ? [] : templateEvents), ...(addons?.events?.items?.tenant ?? [])]),
    ],
    callbacks: [
      ...new Set([...(bare ? [] : workingApp.callbacks), ...(addons?.callbacks?.items ?? [])]),
    ],
    createSource: 'one_click',
    listsVersions: false,
  };
}

/** JSON, gzip, base64url: as the SDK's encodeAddons makes it. Anything else counts as absent. */
export function decodeAddons(encoded: string | undefined): Addons | undefined {
  if (encoded === undefined) return undefined;
  let text: string;
  try {
    text = gunzipSync(Buffer.from(encoded, 'base64url'), { maxOutputLength: 1 << 20 }).toString();
  } catch {
    // The platform ignores a parameter that it cannot read (docs/platform/registration.md#the-link).
    return undefined;
  }
  const addons = addonsSchema.safeParse(parseObject(text));
  return addons.success ? addons.data : undefined;
}
