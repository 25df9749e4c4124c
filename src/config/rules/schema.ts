/**
 * `channels.feishu`, described once: the types, the defaults, what is allowed, the JSON Schema and
 * the tables of the documents all come from here.
 */
import { z } from 'zod';
import type { Text } from '../../shared/text/text.ts';
import { configTexts as texts } from '../config-texts.ts';
import { type AccountKey, type AccountKeyName, accountKeys, MAX_MEDIA_MB } from './account-keys.ts';
import { DEFAULT_INBOX, isInbox } from './inbox-value.ts';
import { keyTexts } from './key-texts.ts';
import { openIdOf, PERSON } from './person-id.ts';

interface KeyMeta extends Pick<AccountKey, 'byDefault' | 'isAccess'> {
  readonly text: Text;
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

function allowing<T extends z.ZodType>(schema: T, allowed: Text): T {
  keyMeta.add(schema, { text: allowed, allowed });
  return schema;
}

const pattern = (expression: RegExp, allowed: Text) =>
  allowing(z.string().regex(expression), allowed);

const appId = pattern(/^cli_[0-9a-fA-F]{16}$/, texts.allowedAppId);
/** A text, or a reference to a secret (config/secret-ref). */
const appSecret = allowing(
  z.union([
    z.string(),
    z.looseObject({ source: z.string(), provider: z.string(), id: z.string() }),
  ]),
  texts.allowedSecret,
);
const openId = pattern(/^(?:\*|ou_\w+)$/, texts.allowedOpenId);
/** In a list: other plugins write prefixes, and only the open_id counts. */
const person = pattern(PERSON, texts.allowedOpenId).transform(openIdOf);
const chatId = pattern(/^(?:\*|oc_\w+)$/, texts.allowedChatId);
const MAX_MESSAGES = 50;
/** Less would cut words and links, more is cut by the platform's limit anyway. */
const MIN_CHUNK_LIMIT = 100;
const MAX_CHUNK_LIMIT = 10_000;

const domain = pattern(/^(?:feishu|lark|https?:\/\/\S+)$/, texts.allowedDomain);

const inbox = allowing(z.string().min(1).refine(isInbox), texts.allowedInbox);

const bots = () =>
  allowing(z.union([z.boolean(), z.enum(accountKeys.allowBots.choices)]), texts.allowedBots);

/** What other plugins write for a switch: a word; the documents show ours alone. */
const switchWords: ReadonlyMap<unknown, boolean> = new Map([
  ['enabled', true],
  ['disabled', false],
]);

const switchOrWord = () => z.preprocess((value) => switchWords.get(value) ?? value, z.boolean());

const groupSchema = z.looseObject({
  enabled: accessKey(z.boolean(), keyTexts.groupEnabled, true),
  requireMention: accessKey(z.boolean(), keyTexts.groupRequireMention),
  allowFrom: accessKey(z.array(person), keyTexts.groupPeople),
  systemPrompt: key(z.string(), { text: keyTexts.groupPrompt }),
  skills: key(z.array(z.string()), { text: keyTexts.groupSkills }),
  allowBots: accessKey(bots(), keyTexts.groupBots),
  replyInThread: key(switchOrWord(), { text: keyTexts.groupReplyInThread }),
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
  appSecret,
  appSecretFile: z.string().min(1),
  domain,
  dmPolicy: z.enum(accountKeys.dmPolicy.choices),
  allowFrom: z.array(person),
  dms: z.record(openId, dmSchema),
  groupPolicy: z.enum(accountKeys.groupPolicy.choices),
  groupAllowFrom: z.array(chatId),
  groupSenderAllowFrom: z.array(person),
  requireMention: z.boolean(),
  groups: z.record(chatId, groupSchema),
  allowBots: bots(),
  replyInThread: switchOrWord(),
  streaming: z.enum(accountKeys.streaming.choices),
  renderMode: z.enum(accountKeys.renderMode.choices),
  allowMentionAll: z.boolean(),
  toolProgress: z.enum(accountKeys.toolProgress.choices),
  mediaMaxMb: allowing(z.number().positive().max(MAX_MEDIA_MB), texts.allowedMegabytes),
  maxMessages: allowing(z.int().min(1).max(MAX_MESSAGES), texts.allowedMessages),
  textChunkLimit: allowing(
    z.int().min(MIN_CHUNK_LIMIT).max(MAX_CHUNK_LIMIT),
    texts.allowedChunkLimit,
  ),
  reactionNotifications: z.enum(accountKeys.reactionNotifications.choices),
  groupSessionScope: z.enum(accountKeys.groupSessionScope.choices),
  welcome: allowing(
    z.union([z.string(), z.looseObject({ en: z.string().optional(), zh: z.string().optional() })]),
    texts.allowedWelcome,
  ),
  typingReaction: z.boolean(),
  actions: z.looseObject({
    messages: z.boolean().optional(),
    reactions: z.boolean().optional(),
    pins: z.boolean().optional(),
    memberInfo: z.boolean().optional(),
    channelInfo: z.boolean().optional(),
    stickers: z.boolean().optional(),
  }),
  menus: z.boolean(),
} satisfies Record<AccountKeyName, z.ZodType>;

type AccountShape = {
  [Name in AccountKeyName]: z.ZodOptional<(typeof accountTypes)[Name]>;
};

const accountShape = Object.fromEntries(
  Object.entries(accountKeys).map(([name, meta]) => [
    name,
    key(accountTypes[name as AccountKeyName], { ...meta, text: keyTexts[name as AccountKeyName] }),
  ]),
) as AccountShape;

/** One account under `accounts`; unknown keys are kept. */
const accountSchema = z.looseObject(accountShape);

/** The whole of `channels.feishu`; unknown keys are kept. */
export const feishuSectionSchema = z.looseObject({
  ...accountShape,
  accounts: key(z.record(z.string(), accountSchema), { text: keyTexts.accounts }),
  defaultAccount: key(z.string(), { text: keyTexts.defaultAccount, byDefault: 'default' }),
  inbox: key(inbox, { text: keyTexts.inbox, byDefault: DEFAULT_INBOX }),
  translatedFrom: key(z.string(), { text: keyTexts.translatedFrom }),
});

export type GroupSettings = z.infer<typeof groupSchema>;
export type DmSettings = z.infer<typeof dmSchema>;
export type AccountSettings = z.infer<typeof accountSchema>;
export type FeishuSection = z.infer<typeof feishuSectionSchema>;

/** The section as JSON Schema (draft 2020-12), as a host's manifest carries it. */
export function feishuJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(feishuSectionSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const byDefault = keyMeta.get(zodSchema)?.byDefault;
      if (byDefault !== undefined) jsonSchema.default = byDefault;
      if (zodSchema instanceof z.ZodPipe && zodSchema.out instanceof z.ZodBoolean) {
        delete jsonSchema.type;
        jsonSchema.enum = [true, false, ...switchWords.keys()] as (string | boolean)[];
      }
    },
  });
  takePeerForms(schema as JsonSchema);
  return schema;
}

interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: unknown[];
  items?: JsonSchema;
  maximum?: number;
  pattern?: string;
  propertyNames?: unknown;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
}

/**
 * A host must accept the values of other plugins (peers/peer-keys.ts), or it refuses the whole config
 * where ours takes a peer's place; what they mean is decided when the section is read.
 */
function takePeerForms(level: JsonSchema): void {
  const { properties = {} } = level;
  const { streaming, renderMode, groupPolicy, groupAllowFrom, mediaMaxMb, dms, groups, accounts } =
    properties;
  for (const list of [properties.allowFrom, properties.groupSenderAllowFrom]) takeIds(list);
  takeIds(groupAllowFrom);
  // People are in this list too, by the rules of one of them.
  delete groupAllowFrom?.items?.pattern;
  renderMode?.enum?.push('raw');
  groupPolicy?.enum?.push('allowall');
  delete mediaMaxMb?.maximum;
  if (streaming) {
    streaming.anyOf = [
      { enum: [...(streaming.enum ?? []), 'partial', 'progress'] },
      { type: 'boolean' },
      { type: 'object' },
    ];
    delete streaming.enum;
    delete streaming.type;
  }
  if (dms) {
    delete dms.propertyNames;
    dms.additionalProperties = true;
  }
  const [group, account] = [groups, accounts].map((entries) =>
    typeof entries?.additionalProperties === 'object' ? entries.additionalProperties : undefined,
  );
  takeIds(group?.properties?.allowFrom);
  if (account) takePeerForms(account);
}

/** One id alone, or numbers: read strictly later. */
function takeIds(list: JsonSchema | undefined): void {
  if (!list) return;
  list.type = ['array', 'string'];
  if (list.items) list.items.type = ['string', 'number'];
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
    const { byDefault, text } = keyMeta.get(schema) ?? {};
    if (text === undefined) return [];
    return {
      key: name,
      type: typeName(schema.unwrap()),
      default: byDefault === undefined ? '' : JSON.stringify(byDefault),
      description: text,
    };
  },
);

function typeName(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodEnum)
    return schema.options.map((value) => JSON.stringify(value)).join(' | ');
  if (schema instanceof z.ZodArray) return `list of ${typeName(schema.element)}`;
  if (schema instanceof z.ZodPipe) return typeName(writtenForm(schema));
  if (schema instanceof z.ZodBoolean) return 'true | false';
  if (schema instanceof z.ZodUnion) return schema.options.map((one) => typeName(one)).join(' | ');
  if (schema instanceof z.ZodNumber) return 'number';
  return schema instanceof z.ZodString ? 'text' : 'object';
}

/** What the person writes of a value that is changed when it is read. */
function writtenForm({ in: before, out }: z.ZodPipe): z.core.$ZodType {
  return before instanceof z.ZodTransform ? out : before;
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
  if (schema instanceof z.ZodPipe) schema = writtenForm(schema);
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
