import { describe, expect, it } from 'vitest';
import { resolveAccount } from '../../../src/config/account/accounts.ts';
import { accountKey } from '../../../src/config/rules/account-keys.ts';
import {
  configKeys,
  feishuJsonSchema,
  feishuSectionSchema,
} from '../../../src/config/rules/schema.ts';

describe('the schema of channels.feishu', () => {
  it('describes every key in both languages, with the defaults that are in force', () => {
    const documented = Object.keys(feishuSectionSchema.shape);
    expect(configKeys.map(({ key }) => key)).toStrictEqual(documented);
    const inForce = resolveAccount({}, 'default');
    for (const { key, type, default: byDefault, description } of configKeys) {
      expect(description.en).not.toBe('');
      expect(description.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(type).not.toBe('');
      if (accountKey(key)?.byDefault !== undefined)
        expect(inForce).toHaveProperty(key, JSON.parse(byDefault));
    }
    expect(configKeys.find(({ key }) => key === 'streaming')).toMatchObject({
      type: '"auto" | "card" | "block" | "off"',
      default: '"auto"',
    });
    expect(configKeys.find(({ key }) => key === 'allowFrom')).toMatchObject({
      type: 'list of text',
      default: '[]',
    });
  });

  it('is a JSON Schema with the same keys, defaults and values, open to unknown keys', () => {
    const schema = feishuJsonSchema() as {
      properties: Record<string, Record<string, unknown>>;
      additionalProperties: unknown;
      required?: unknown;
    };
    expect(Object.keys(schema.properties)).toStrictEqual(Object.keys(feishuSectionSchema.shape));
    expect(schema.properties.dmPolicy).toMatchObject({
      enum: ['open', 'pairing', 'allowlist', 'disabled'],
      default: 'open',
    });
    expect(schema.properties.appSecret).toMatchObject({
      anyOf: [{ type: 'string' }, { type: 'object', required: ['source', 'provider', 'id'] }],
    });
    expect(schema.additionalProperties).not.toBe(false);
    expect(schema.required).toBeUndefined();
  });
});
