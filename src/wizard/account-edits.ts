/** From what was chosen to the edits of `channels.feishu`: pure. */
import type { ConfigEdit } from '../config/edit.ts';
import type { Secret } from '../shared/secret.ts';
import type { SecretRef } from './secret-source.ts';

export interface AccountChoice {
  readonly accountId: string;
  readonly appId: string;
  /** The secret itself, or what the config stores instead; nothing: what stands there stays. */
  readonly secret:
    | { readonly kind: 'literal'; readonly value: Secret }
    | SecretRef
    | { readonly kind: 'keep' };
  readonly domain: string;
  readonly dmPolicy?: string | undefined;
  readonly allowFrom?: readonly string[] | undefined;
}

/** The part of the section that decides where an account's keys stand. */
export interface SectionShape {
  readonly enabled?: boolean | undefined;
  readonly appId?: string | undefined;
  readonly domain?: string | undefined;
  readonly accounts?: Readonly<Record<string, SectionShape | undefined>> | undefined;
}

const SECTION = ['channels', 'feishu'] as const;

/** The account `default` stands at the top level, unless the file already lists it by name. */
export function accountPath(section: SectionShape | undefined, accountId: string): string[] {
  const atTop = accountId === 'default' && section?.accounts?.default === undefined;
  return atTop ? [...SECTION] : [...SECTION, 'accounts', accountId];
}

export function accountEdits(
  section: SectionShape | undefined,
  choice: AccountChoice,
): ConfigEdit[] {
  const path = accountPath(section, choice.accountId);
  const atTop = path.length === SECTION.length;
  const current = atTop ? section : section?.accounts?.[choice.accountId];
  const edits: ConfigEdit[] = [];
  const set = (key: string, value: string | boolean | string[]) =>
    edits.push({ path: [...path, key], value });
  const remove = (key: string) => edits.push({ path: [...path, key], remove: true });

  if (section?.enabled !== true) edits.push({ path: [...SECTION, 'enabled'], value: true });
  if (!atTop && current?.enabled === false) set('enabled', true);
  set('appId', choice.appId);
  switch (choice.secret.kind) {
    case 'literal':
      set('appSecret', choice.secret.value.reveal());
      remove('appSecretFile');
      break;
    case 'env':
      set('appSecret', `\${${choice.secret.name}}`);
      remove('appSecretFile');
      break;
    case 'file':
      remove('appSecret');
      set('appSecretFile', choice.secret.path);
      break;
    case 'keep':
      break;
  }
  // "feishu" is the default: said only where another value would be in force.
  const inherited = atTop ? undefined : section?.domain;
  if (choice.domain !== (inherited ?? 'feishu') || current?.domain !== undefined) {
    set('domain', choice.domain);
  }
  if (choice.dmPolicy !== undefined) set('dmPolicy', choice.dmPolicy);
  if (choice.allowFrom !== undefined && choice.allowFrom.length > 0) {
    set('allowFrom', [...choice.allowFrom]);
  }
  return edits;
}
