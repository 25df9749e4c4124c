/**
 * What a scan asks for beyond the platform's template: the app manifest in the SDK's shape. Pure.
 *
 * Additive only, and unknown names are dropped by the platform without a word: what the app really
 * got is read afterwards (open-platform shelf 3.2). The subscription mode cannot travel in it.
 */
import { appManifest, type ManifestNeed } from './app-manifest.ts';

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

const autopilotScope = 'application:application:patch';

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
    readonly scopes?: readonly string[];
    readonly autopilot?: boolean;
  } = {},
): RegistrationAddons {
  const { needs = ['required', 'recommended'], scopes = [], autopilot = true } = options;
  const wanted = appManifest.scopes
    .filter(({ need }) => needs.includes(need))
    .map(({ scope }) => scope);
  return {
    scopes: {
      tenant: [...new Set([...wanted, ...(autopilot ? [autopilotScope] : []), ...scopes])],
    },
    events: { items: { tenant: [...appManifest.events] } },
    callbacks: { items: [...appManifest.callbacks] },
  };
}
