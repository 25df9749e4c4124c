/** The features that the config turns on or off, and what an app needs because of it. Pure. */

/** required: nothing works without · recommended: a feature lacks · optional: only if asked for. */
export type ManifestNeed = 'required' | 'recommended' | 'optional';

/** The features of which the config decides whether they act. */
export interface ManifestChoices {
  /** `reactionNotifications` is not `off`. */
  readonly reactions: boolean;
  /** There is a `welcome` text. */
  readonly welcome: boolean;
  /** `menus` is on. */
  readonly menus: boolean;
  /** `allowBots` is on, for all groups or for some. */
  readonly bots: boolean;
  /** `streaming` is `auto` or `card`. */
  readonly cards: boolean;
}

/** What an account does whose config says nothing of it. */
export const usualChoices: ManifestChoices = {
  reactions: true,
  welcome: false,
  menus: false,
  bots: false,
  cards: true,
};

export function choicesOf(
  account:
    | {
        readonly reactionNotifications: 'off' | 'own' | 'all';
        readonly welcome?: unknown;
        readonly menus?: boolean;
        readonly allowBots?: boolean | 'mentions';
        readonly groups?: Readonly<Record<string, { readonly allowBots?: unknown }>>;
        readonly streaming: 'auto' | 'card' | 'block' | 'off';
      }
    | undefined,
): ManifestChoices {
  if (!account) return usualChoices;
  return {
    reactions: account.reactionNotifications !== 'off',
    welcome: account.welcome !== undefined,
    menus: account.menus === true,
    bots: [account, ...Object.values(account.groups ?? {})].some(({ allowBots }) => !!allowBots),
    cards: account.streaming === 'auto' || account.streaming === 'card',
  };
}

/** A permission or an event, as far as it is known how much it is needed. */
export interface Needed {
  /** If the feature is chosen; otherwise the need is `optional`. */
  readonly need: ManifestNeed;
  readonly choice?: keyof ManifestChoices;
}

/** The items with one of these needs, for an account with these choices. */
export function chosen<Item extends Needed>(
  items: readonly Item[],
  needs: readonly ManifestNeed[],
  choices: ManifestChoices = usualChoices,
): readonly Item[] {
  return items.filter(({ need, choice }) =>
    needs.includes(choice !== undefined && !choices[choice] ? 'optional' : need),
  );
}
