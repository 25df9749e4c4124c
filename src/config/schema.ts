/**
 * `channels.feishu`, described once: types, defaults, the JSON Schema and the README table come from
 * here.
 */
import { z } from 'zod';
import type { Text } from '../shared/text.ts';
import { configTexts as texts } from './texts.ts';

const described = new Map<z.ZodType, Text>();

function describe<T extends z.ZodType>(schema: T, text: Text): T {
  described.set(schema, text);
  return schema;
}

const openId = z.string().regex(/^(\*|ou_\w+)$/, { error: 'an open_id (ou_…) or "*"' });
const chatId = z.string().regex(/^(\*|oc_\w+)$/, { error: 'a chat_id (oc_…) or "*"' });

const groupSchema = z.looseObject({
  enabled: z.boolean().optional(),
  requireMention: z.boolean().optional(),
  allowFrom: z.array(openId).optional(),
});

/** The keys of one account; the top level of the section has the same ones. */
const accountShape = {
  enabled: describe(z.boolean().optional(), texts.enabled),
  appId: describe(
    z
      .string()
      .regex(/^cli_[0-9a-fA-F]{16}$/, { error: 'cli_ and 16 characters of 0-9 and a-f' })
      .optional(),
    texts.appId,
  ),
  appSecret: describe(z.string().optional(), texts.appSecret),
  appSecretFile: describe(z.string().min(1).optional(), texts.appSecretFile),
  domain: describe(
    z
      .string()
      .regex(/^(feishu|lark|https?:\/\/\S+)$/, { error: '"feishu", "lark" or an http(s) URL' })
      .optional(),
    texts.domain,
  ),
  dmPolicy: describe(z.enum(['open', 'pairing', 'allowlist']).optional(), texts.dmPolicy),
  allowFrom: describe(z.array(openId).optional(), texts.allowFrom),
  groupPolicy: describe(z.enum(['open', 'allowlist', 'disabled']).optional(), texts.groupPolicy),
  groupAllowFrom: describe(z.array(chatId).optional(), texts.groupAllowFrom),
  requireMention: describe(z.boolean().optional(), texts.requireMention),
  groups: describe(z.record(z.string(), groupSchema).optional(), texts.groups),
  replyInThread: describe(z.boolean().optional(), texts.replyInThread),
  streaming: describe(z.enum(['off', 'block', 'card']).optional(), texts.streaming),
  mediaMaxMb: describe(z.number().positive().max(100).optional(), texts.mediaMaxMb),
  typingReaction: describe(z.boolean().optional(), texts.typingReaction),
};

export const accountSchema = z.looseObject(accountShape);
export const feishuSectionSchema = z.looseObject({
  ...accountShape,
  accounts: describe(z.record(z.string(), accountSchema).optional(), texts.accounts),
  defaultAccount: describe(z.string().optional(), texts.defaultAccount),
});

export type AccountSettings = z.infer<typeof accountSchema>;
export type FeishuSection = z.infer<typeof feishuSectionSchema>;

/** What holds where the file says nothing. */
export const accountDefaults = {
  enabled: true,
  domain: 'feishu',
  dmPolicy: 'open',
  allowFrom: [] as readonly string[],
  groupPolicy: 'open',
  groupAllowFrom: [] as readonly string[],
  requireMention: true,
  replyInThread: false,
  streaming: 'block',
  mediaMaxMb: 30,
  typingReaction: true,
} as const;

export interface ConfigKey {
  readonly key: string;
  readonly type: string;
  readonly default: string;
  readonly description: Text;
}

/** The rows of the README's table. */
export function configKeys(): ConfigKey[] {
  const schemas = z.toJSONSchema(feishuSectionSchema, { io: 'input' }).properties ?? {};
  return Object.entries(feishuSectionSchema.shape).map(([key, schema]) => {
    const value = (accountDefaults as Readonly<Record<string, unknown>>)[key];
    return {
      key,
      type: typeName(schemas[key]),
      default: value === undefined ? '–' : JSON.stringify(value),
      description: described.get(schema) ?? { en: '', zh: '' },
    };
  });
}

function typeName(schema: unknown): string {
  const { type, enum: values, items } = Object(schema) as {
    type?: string;
    enum?: readonly string[];
    items?: unknown;
  };
  if (values) return values.map((value) => `\`${value}\``).join(' \\| ');
  if (type === 'array') return `${typeName(items)}[]`;
  return type ?? 'any';
}

export const accountKeys: readonly string[] = Object.keys(accountShape);
export const sectionKeys: readonly string[] = Object.keys(feishuSectionSchema.shape);
export const groupKeys: readonly string[] = Object.keys(groupSchema.shape);
