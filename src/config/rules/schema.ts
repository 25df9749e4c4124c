/**
 * `channels.feishu`, described once: the types, the defaults, what is allowed, the JSON Schema and
 * the tables of the documents all come from here.
 */
import { z } from 'zod';
import type { Text } from '../../shared/text.ts';
import { configTexts as texts } from '../texts.ts';
import { accountDefaults } from './account-defaults.ts';
import { DEFAULT_INBOX, isInbox } from './inbox-value.ts';
import { keyTexts } from './key-texts.ts';

interface KeyMeta {
  readonly text: Text;
  /** The default value, used if the file does not set the key. */
  readonly byDefault?: unknown;
  /** The allowed values, if the type alone does not define them. */
  readonly allowed?: Text;
  /** It decides who may use the bot: a misspelt one must not pass in silence. */
  readonly isAccess?: true;
  /** Values that nothing reads yet, or `true` for all: each gets a warning, and acts as the default. */
  readonly notUsedYet?: true | readonly unknown[];
}

/** Facts about a key beyond its type. */
const keyMeta = z.registry<KeyMeta, z.core.$ZodType>();

function key<T extends z.ZodType>(schema: T, text: Text, byDefault?: unknown): z.ZodOptional<T> {
  const described = schema.describe(text.en).optional();
  keyMeta.add(described, { text, byDefault });
  return described;
}

/** A key that decides who may use the bot. */
function accessKey<T extends z.ZodType>(schema: T, text: Text, byDefault?: unknown) {
  const described = key(schema, text);
  keyMeta.remove(described).add(described, { text, byDefault, isAccess: true });
  return described;
}

/** A known key with values that a later version will use. */
function laterKey<T extends z.ZodType>(
  schema: T,
  text: Text,
  notUsedYet: true | readonly unknown[],
  byDefault?: unknown,
) {
  const described = key(schema, text);
  keyMeta.remove(described).add(described, { text, byDefault, notUsedYet });
  return described;
}

function pattern(expression: RegExp, allowed: Text) {
  const schema = z.string().regex(expression);
  keyMeta.add(schema, { text: allowed, allowed });
  return schema;
}

const appId = pattern(/^cli_[0-9a-fA-F]{16}$/, texts.allowedAppId);
const openId = pattern(/^(?:\*|ou_\w+)$/, texts.allowedOpenId);
const chatId = pattern(/^(?:\*|oc_\w+)$/, texts.allowedChatId);
const domain = pattern(/^(?:feishu|lark|https?:\/\/\S+)$/, texts.allowedDomain);

const inbox = z.string().min(1).refine(isInbox);
keyMeta.add(inbox, { text: texts.allowedInbox, allowed: texts.allowedInbox });
const defaults = accountDefaults;

const groupSchema = z.looseObject({
  enabled: accessKey(z.boolean(), keyTexts.groupEnabled, true),
  requireMention: accessKey(z.boolean(), keyTexts.groupRequireMention),
  allowFrom: accessKey(z.array(openId), keyTexts.groupPeople),
});

const dmSchema = z.looseObject({
  enabled: accessKey(z.boolean(), keyTexts.dmEnabled, true),
});

/** The keys of one account; the top level of the section has the same ones. */
const accountShape = {
  enabled: accessKey(z.boolean(), keyTexts.enabled, defaults.enabled),
  appId: key(appId, keyTexts.appId),
  appSecret: key(z.string(), keyTexts.appSecret),
  appSecretFile: key(z.string().min(1), keyTexts.appSecretFile),
  domain: key(domain, keyTexts.domain, defaults.domain),
  dmPolicy: accessKey(
    z.enum(['open', 'pairing', 'allowlist']),
    keyTexts.dmPolicy,
    defaults.dmPolicy,
  ),
  allowFrom: accessKey(z.array(openId), keyTexts.allowFrom, defaults.allowFrom),
  dms: accessKey(z.record(openId, dmSchema), keyTexts.dms, defaults.dms),
  groupPolicy: accessKey(
    z.enum(['open', 'allowlist', 'disabled']),
    keyTexts.groupPolicy,
    defaults.groupPolicy,
  ),
  groupAllowFrom: accessKey(z.array(chatId), keyTexts.groupAllowFrom, defaults.groupAllowFrom),
  groupSenderAllowFrom: accessKey(
    z.array(openId),
    keyTexts.groupSenderAllowFrom,
    defaults.groupSenderAllowFrom,
  ),
  requireMention: accessKey(z.boolean(), keyTexts.requireMention, defaults.requireMention),
  groups: accessKey(z.record(chatId, groupSchema), keyTexts.groups, defaults.groups),
  replyInThread: key(z.boolean(), keyTexts.replyInThread, defaults.replyInThread),
  streaming: laterKey(
    z.enum(['off', 'block', 'card']),
    keyTexts.streaming,
    ['card'],
    defaults.streaming,
  ),
  mediaMaxMb: laterKey(z.number().positive(), keyTexts.notUsedYet, true),
  typingReaction: key(z.boolean(), keyTexts.typingReaction, defaults.typingReaction),
};

/** One account under `accounts`; unknown keys are kept. */
export const accountSchema = z.looseObject(accountShape);

/** The whole of `channels.feishu`; unknown keys are kept. */
export const feishuSectionSchema = z.looseObject({
  ...accountShape,
  accounts: key(z.record(z.string(), accountSchema), keyTexts.accounts),
  defaultAccount: key(z.string(), keyTexts.defaultAccount, 'default'),
  inbox: key(inbox, keyTexts.inbox, DEFAULT_INBOX),
});

export type GroupSettings = z.infer<typeof groupSchema>;
export type DmSettings = z.infer<typeof dmSchema>;
export type AccountSettings = z.infer<typeof accountSchema>;
export type FeishuSection = z.infer<typeof feishuSectionSchema>;

/** The section as JSON Schema (draft 2020-12), as a host's manifest carries it. */
export function feishuJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(feishuSectionSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const byDefault = keyMeta.get(zodSchema)?.byDefault;
      if (byDefault !== undefined) jsonSchema.default = byDefault;
    },
  });
}

export interface ConfigKey {
  readonly key: string;
  /** As a reader of the documents understands it: `text`, `"open" | "pairing"`, `list of text`. */
  readonly type: string;
  /** As JSON; empty where there is none. */
  readonly default: string;
  readonly description: Text;
}

/** The rows of the tables in docs/en/configuration.md and its Chinese equal, in the schema's order. */
export const configKeys: readonly ConfigKey[] = Object.entries(feishuSectionSchema.shape).flatMap(
  ([name, schema]) => {
    const { byDefault, notUsedYet, text } = keyMeta.get(schema) ?? {};
    if (notUsedYet === true || text === undefined) return [];
    return {
      key: name,
      type: typeName(schema.unwrap(), notUsedYet),
      default: byDefault === undefined ? '' : JSON.stringify(byDefault),
      description: text,
    };
  },
);

function typeName(schema: z.core.$ZodType, without: readonly unknown[] = []): string {
  if (schema instanceof z.ZodEnum)
    return schema.options
      .filter((value) => !without.includes(value))
      .map((value) => JSON.stringify(value))
      .join(' | ');
  if (schema instanceof z.ZodArray) return `list of ${typeName(schema.element)}`;
  if (schema instanceof z.ZodBoolean) return 'true | false';
  return schema instanceof z.ZodString ? 'text' : 'object';
}

/** As the last step of a path: the names of the entries themselves. */
export const NAME = Symbol('name');

/** What is allowed at a place of the section, where a pattern says it; `undefined` elsewhere. */
export function allowedAt(path: readonly PropertyKey[]): Text | undefined {
  let schema: z.core.$ZodType | undefined = feishuSectionSchema;
  for (const step of path) {
    if (schema instanceof z.ZodOptional) schema = schema.unwrap();
    if (schema instanceof z.ZodObject) schema = schema.shape[String(step)];
    else if (schema instanceof z.ZodArray) schema = schema.element;
    else if (schema instanceof z.ZodRecord)
      schema = step === NAME ? schema.keyType : schema.valueType;
    else return undefined;
  }
  if (schema instanceof z.ZodOptional) schema = schema.unwrap();
  if (schema instanceof z.ZodNumber) return texts.allowedMegabytes;
  return schema && keyMeta.get(schema)?.allowed;
}

/** Whether a later version will use a value of an account's key, and this one does not. */
export function isNotUsedYet(key: string, value: unknown): boolean {
  const schema = Object.hasOwn(accountShape, key)
    ? accountShape[key as keyof typeof accountShape]
    : undefined;
  const { notUsedYet = [] } = (schema && keyMeta.get(schema)) ?? {};
  return notUsedYet === true || notUsedYet.includes(value);
}

/** The keys that are known, by the place: the section, an account, a group, a direct chat. */
export const knownKeys = {
  section: Object.keys(feishuSectionSchema.shape),
  account: Object.keys(accountShape),
  group: Object.keys(groupSchema.shape),
  dm: Object.keys(dmSchema.shape),
} as const;

/** Every key that decides who may use the bot, wherever it is known. */
export const accessKeys: readonly string[] = [
  ...new Set(
    [feishuSectionSchema, groupSchema, dmSchema].flatMap(({ shape }) =>
      Object.entries(shape).flatMap(([name, schema]) =>
        keyMeta.get(schema)?.isAccess ? [name] : [],
      ),
    ),
  ),
];

/** Read by hosts on any channel: none of ours, and no mistake either (moltbot 2026.1.29). */
const hostKeysOfChannel = [
  'name',
  'blockStreaming',
  'blockStreamingCoalesce',
  'capabilities',
  'chunkMode',
  'configWrites',
  'dmHistoryLimit',
  'healthMonitor',
  'heartbeat',
  'historyLimit',
  'markdown',
  'responsePrefix',
  'textChunkLimit',
];

/** Which tools its agent may use in a group: hosts read these as a whole, lists of names included. */
export const hostToolKeys: readonly string[] = ['tools', 'toolsBySender'];

/** The keys that a host reads at a place of the section, beside ours. */
export const hostKeys: ReadonlyMap<z.core.$ZodType, readonly string[]> = new Map<
  z.core.$ZodType,
  readonly string[]
>([
  [feishuSectionSchema, hostKeysOfChannel],
  [accountSchema, hostKeysOfChannel],
  [groupSchema, hostToolKeys],
  [dmSchema, ['historyLimit']],
]);
