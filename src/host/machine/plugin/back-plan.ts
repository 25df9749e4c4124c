/**
 * What the way back from a switch writes: each config file as it was before, with what was changed since.
 *
 * Keys that were set since and that the former plugin does not have go, or are said in its words. Where it
 * would answer more people by what remains than ours does now, nothing is written.
 */
import { type FormerFile, planRestore, type RestorePlan } from '../../../config/change/restore.ts';
import { readTextFile } from '../../../config/file/read-text.ts';
import { updated, valueAt } from '../../../config/json5/json-update.ts';
import { isObject, type JsonObject, type JsonValue, jsonOf } from '../../../config/json5/json5.ts';
import { planWayBack, widerInPeer } from '../../../config/peers/back/way-back.ts';
import type { Peer } from '../../../config/peers/keys/peer.ts';
import { shownKey } from '../../../config/shown/mask.ts';
import { parseRoot } from '../../../config/source/parse.ts';
import { machineError } from '../machine-errors.ts';
import type { FormerState } from './former-plugin.ts';
import { peerOf } from './peer-section.ts';

export interface BackPlan {
  readonly files: readonly RestorePlan[];
  /** The former plugin, where its keys are known. */
  readonly plugin: Peer | undefined;
  /** Keys that were changed since the switch and stay, dotted. */
  readonly kept: readonly string[];
  /** Keys that the switch had changed, and others changed since: the later value stays. */
  readonly conflicts: readonly string[];
  /** Keys that were set since, and that the former plugin does not have. */
  readonly removed: readonly string[];
}

const SECTION = ['channels', 'feishu'];

/**
 * @param configPath the config itself; any other file is one that it includes, with our section alone
 * @throws MoltbotFeishuError `no-former-plugin` where the former plugin would answer more people
 */
export async function planBack(
  { plugins, files }: FormerState,
  configPath: string,
): Promise<BackPlan> {
  const [plugin] = plugins.flatMap((former) => peerOf(former) ?? []);
  const plans = await Promise.all(
    files.map(async (file) => {
      const isWhole = file.path !== configPath;
      const plan = await planRestore(file, isWhole);
      const isAsBefore = plan.kept.length + plan.conflicts.length === 0;
      if (plugin === undefined || isAsBefore) return { ...plan, removed: [] };
      const sections = await readSections(file, isWhole);
      return fitted(plan, sections, plugin);
    }),
  );
  const named = (paths: readonly (readonly string[])[]) =>
    paths.map((path) => path.map(shownKey).join('.'));
  return {
    files: plans,
    plugin,
    kept: named(plans.flatMap(({ kept }) => kept)),
    conflicts: named(plans.flatMap(({ conflicts }) => conflicts)),
    removed: plans.flatMap(({ removed }) => removed),
  };
}

interface Sections {
  /** Where the section is in the file. */
  readonly place: readonly string[];
  readonly former: JsonObject;
  readonly after: JsonObject;
  readonly now: JsonObject;
}

async function readSections(
  { path, text, after }: FormerFile,
  isWhole: boolean,
): Promise<Sections> {
  const now = (await readTextFile(path)) ?? '';
  const [old, then, current] = [text, after ?? now, now].map((source) => {
    const root = parseRoot(source, path);
    return root ? jsonOf(root) : {};
  }) as [JsonValue, JsonValue, JsonValue];
  const isInside = isObject(valueAt(current, ['feishu']));
  const place = isWhole ? (isInside ? ['feishu'] : []) : SECTION;
  const section = (root: JsonValue) => objectAt(root, place);
  return { place, former: section(old), after: section(then), now: section(current) };
}

/** Only what was set since is made to fit: the former plugin had the rest. */
function fitted(
  plan: RestorePlan,
  { place, former, after, now }: Sections,
  plugin: Peer,
): RestorePlan & { readonly removed: readonly string[] } {
  const root = plan.values.reduce<JsonValue>(
    (value, { path, value: part }) => updated(value, path, part),
    {},
  );
  const before = new Set(planWayBack(former, plugin).edits.map((edit) => JSON.stringify(edit)));
  const edits = planWayBack(objectAt(root, place), plugin)
    .edits.filter((edit) => !before.has(JSON.stringify(edit)))
    .map((edit) => ({ ...edit, path: edit.path.slice(SECTION.length) }));
  const wanted = edits.reduce(
    (value, edit) =>
      updated(value, [...place, ...edit.path], 'value' in edit ? edit.value : undefined),
    root,
  );
  const already = widerInPeer(after, former, plugin);
  const keys = widerInPeer(now, objectAt(wanted, place), plugin).filter(
    (key) => !already.includes(key),
  );
  if (keys.length > 0) throw machineError('widerInFormer', { plugin, keys });
  return {
    ...plan,
    values: plan.values.map(({ path }) => ({ path, value: valueAt(wanted, path) })),
    removed: edits
      .filter((edit) => 'remove' in edit)
      .map(({ path }) => path.map(shownKey).join('.')),
  };
}

function objectAt(root: JsonValue, path: readonly string[]): JsonObject {
  const value = valueAt(root, path);
  return isObject(value) ? value : {};
}
