/**
 * The request behind a scan, and the page on which a person confirms it. Pure.
 *
 * Addons only add, and the platform silently drops unknown names, so the app is read afterwards to
 * see what it got (docs/platform/registration.md#the-link). Addons cannot set the subscription mode.
 */

import { encodeAddons } from '../address/console-links.ts';
import { appManifest, neededEvents, neededScopes } from '../manifest/app-manifest.ts';
import type { ManifestChoices, ManifestNeed } from '../manifest/manifest-choices.ts';

/** `registerApp`'s `addons` (node-sdk@1.74.0). */
export interface RegistrationAddons {
  /** `false`: the bot alone, without the platform's template. */
  readonly preset?: boolean;
  readonly scopes?: { readonly tenant?: readonly string[]; readonly user?: readonly string[] };
  readonly events?: {
    readonly items?: { readonly tenant?: readonly string[]; readonly user?: readonly string[] };
  };
  readonly callbacks?: { readonly items?: readonly string[] };
}

export interface RegistrationRequest {
  /** `feishu`, `lark` or an http(s) URL. Feishu begins both brands; the person's brand decides. */
  readonly domain: string;
  /** Where a Lark person's app is fetched: an http(s) URL; default the public host, or `domain`. */
  readonly larkDomain?: string;
  /** Suggestions on the confirm page; `{user}` becomes the name of the person who scans. */
  readonly appPreset?: {
    readonly name?: string;
    readonly desc?: string;
    /** 1 to 6 URLs. */
    readonly avatar?: string | readonly string[];
  };
  readonly addons?: RegistrationAddons;
  /** Hides “choose an existing app” on the page. */
  readonly createOnly?: boolean;
  /** The app to change instead of making one; the page shows the difference. */
  readonly appId?: string;
}

const autopilotScope = 'application:application:patch';

/**
 * What the platform's template gives to each scanned app (docs/platform/registration.md#what-the-new-app-has).
 * The link leaves it out, because a longer link makes a code that small windows cannot show.
 */
const inTemplate: readonly string[] = [
  'im:resource',
  'cardkit:card:write',
  'im:message.reactions:read',
  'im.message.reaction.created_v1',
  'im.message.reaction.deleted_v1',
];
const notInTemplate = (name: string): boolean => !inTemplate.includes(name);

/**
 * The manifest as addons: what is needed and recommended, and the scope by which the app may later
 * set itself up.
 *
 * @param options.scopes further scopes, e.g. `im:message.group_msg` for groups without a mention
 * @param options.autopilot default true
 */
export function addonsOfManifest(
  options: {
    readonly needs?: readonly ManifestNeed[];
    /** The features that the config turns on; default: those of a config that names none. */
    readonly choices?: ManifestChoices | undefined;
    readonly scopes?: readonly string[];
    readonly autopilot?: boolean;
  } = {},
): RegistrationAddons {
  const { needs, choices, scopes = [], autopilot = true } = options;
  const wanted = neededScopes(needs, choices).filter(notInTemplate);
  const events = neededEvents(needs, choices).filter(notInTemplate);
  return {
    scopes: {
      tenant: [...new Set([...wanted, ...(autopilot ? [autopilotScope] : []), ...scopes])],
    },
    events: { items: { tenant: events } },
    callbacks: { items: [...appManifest.callbacks] },
  };
}

/** The confirm page with everything that the SDK's `registerApp` puts into its link. */
export function pageFor(page: URL, request: RegistrationRequest): string {
  const url = new URL(page);
  const { name, desc, avatar = [] } = request.appPreset ?? {};
  url.searchParams.set('from', 'sdk');
  url.searchParams.set('source', 'node-sdk/moltbot-feishu');
  url.searchParams.set('tp', 'sdk');
  for (const picture of typeof avatar === 'string' ? [avatar] : avatar) {
    url.searchParams.append('avatar', picture);
  }
  if (name) url.searchParams.set('name', name);
  if (desc) url.searchParams.set('desc', desc);
  if (request.addons) url.searchParams.set('addons', encodeAddons(request.addons));
  if (request.createOnly) url.searchParams.set('createOnly', 'true');
  if (request.appId) url.searchParams.set('clientID', request.appId);
  return url.href;
}
