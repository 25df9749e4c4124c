/**
 * The JSON Schema of `channels.feishu`, as the build wrote it into the manifest beside us.
 *
 * Making it would load zod on every command of the host; where it cannot be read, anything is
 * allowed: the section is checked strictly when an account starts.
 */
import { readFileSync } from 'node:fs';
import { isFields } from '../../shared/fields.ts';

const ANYTHING = { type: 'object', additionalProperties: true };

let schema: Readonly<Record<string, unknown>> | undefined;

export function sectionSchema(): Readonly<Record<string, unknown>> {
  schema ??= readSchema(new URL('./openclaw.plugin.json', import.meta.url));
  return schema;
}

function readSchema(manifest: URL): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    const configs = isFields(parsed) ? parsed.channelConfigs : undefined;
    const feishu = isFields(configs) ? configs.feishu : undefined;
    return isFields(feishu) && isFields(feishu.schema) ? feishu.schema : ANYTHING;
  } catch {
    // Loading must never fail, and a schema is a convenience.
    return ANYTHING;
  }
}
