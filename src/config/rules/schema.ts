/**
 * `channels.feishu`, described once: the types, the defaults, what is allowed, the JSON Schema and
 * the tables of the documents all come from here.
 */
import { z } from 'zod';
import type { Text } from '../../shared/text.ts';
import { configTexts as texts } from '../texts.ts';
import { type AccountKey, type AccountKeyName, accountKeys } from './account-keys.ts';
import { DEFAULT_INBOX, isInbox } from './inbox-value.ts';
import { keyTexts } from './key-texts.ts';

interface KeyMeta extends Pick<AccountKey, 'text' | 'byDefault' | 'isAccess' | 'notUsedYet'> {
  /** The allowed values, if the type alone does not define them. */
  readonly allowed?: Text;
}

/** Facts about a key beyond its type. */
const keyMeta = z.registry<KeyMeta, z.core.$ZodType>();

function key<T extends z.ZodType>(schema: T, meta: KeyMeta): z.ZodOptional<T> {
  const described = schema.describe(meta.text.en).optional();
  keyMeta.add(described, meta);
  return described;
}

/** A key of a group or of a direct chat: each decides who may use the bot. */
function accessKey<T extends z.ZodType>(schema: T, text: Text, byDefault?: unknown) {
  return key(schema, { text, byDefault, isAccess: true });
}

function pattern(expression: RegExp, allowed: Text) {
  const schema = z.string().regex(expression);
  keyMeta.add(schema, { text: allowed, allowed });
  return schema;
}

const appId = pattern(/^cli_[0-9a-fA-F]{16}$/, texts.allowedAppId);
const openId = pattern(/^(?:\*|ou_\w+)$/, texts.allowedOpenId);
const chatId = pattern(/^(?:\*|oc_\w+)$/, texts.allowedChatId);
/** The platform gives out no larger file (docs/platform/media-and-cards.md). */
const MAX_MEDIA_MB = 100;

const domain = pattern(/^(?:feishu|lark|https?:\/\/\S+)$/, texts.allowedDomain);

const inbox = z.string().min(1).refine(isInbox);
keyMeta.add(inbox, { text: texts.allowedInbox, allowed: texts.allowedInbox });

const groupSchema = z.looseObject({
  enabled: accessKey(z.boolean(), keyTexts.groupEnabled, true),
  requireMention: accessKey(z.boolean(), keyTexts.groupRequireMention),
  allowFrom: accessKey(z.array(openId), keyTexts.groupPeople),
  systemPrompt: key(z.string(), { text: keyTexts.groupPrompt }),
  skills: key(z.array(z.string()), { text: keyTexts.groupSkills }),
  replyInThread: key(z.boolean(), { text: keyTexts.groupReplyInThread }),
  groupSessionScope: key(z.enum(accountKeys.groupSessionScope.choices), {
    text: keyTexts.groupScope,
  }),
});

const dmSchema = z.looseObject({
  enabled: accessKey(z.boolean(), keyTexts.dmEnabled, true),
  systemPrompt: key(z.string(), { text: keyTexts.dmPrompt }),
});

/** The types of the keys of one account; the top level of the section has the same keys. */
const accountTypes = {
  enabled: z.boolean(),
  appId,
  appSecret: z.string(),
  appSecretFile: z.string().min(1),
  domain,
  dmPolicy: z.enum(accountKeys.dmPolicy.choices),
  allowFrom: z.array(openId),
  dms: z.record(openId, dmSchema),
  groupPolicy: z.enum(accountKeys.groupPolicy.choices),
  groupAllowFrom: z.array(chatId),
  groupSenderAllowFrom: z.array(openId),
  requireMention: z.boolean(),
  groups: z.record(chatId, groupSchema),
  replyInThread: z.boolean(),
  streaming: z.enum(accountKeys.streaming.choices),
  mediaMaxMb: z.number().positive().max(MAX_MEDIA_MB),
  reactionNotifications: z.enum(accountKeys.reactionNotifications.choices),
  groupSessionScope: z.enum(accountKeys.groupSessionScope.choices),
  welcome: z.union([
    z.string(),
    z.looseObject({ en: z.string().optional(), zh: z.string().optional() }),
  ]),
  typingReaction: z.boolean(),
} satisfies Record<AccountKeyName, z.ZodType>;

type AccountShape = {
  [Name in AccountKeyName]: z.ZodOptional<(typeof accountTypes)[Name]>;
};

const accountShape = Object.fromEntries(
  Object.entries(accountKeys).map(([name, meta]) => [
    name,
    key(accountTypes[name as AccountKeyName], meta),
  ]),
) as AccountShape;

/** One account under `accounts`; unknown keys are kept. */
export const accountSchema = z.looseObject(accountShape);

/** The whole of `channels.feishu`; unknown keys are kept. */
export const feishuSectionSchema = z.looseObject({
  ...accountShape,
  accounts: key(z.record(z.string(), accountSchema), { text: keyTexts.accounts }),
  defaultAccount: key(z.string(), { text: keyTexts.defaultAccount, byDefault: 'default' }),
  inbox: key(inbox, { text: keyTexts.inbox, byDefault: DEFAULT_INBOX }),
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
  if (schema instanceof z.ZodUnion) return schema.options.map((one) => typeName(one)).join(' | ');
  if (schema instanceof z.ZodNumber) return 'number';
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
