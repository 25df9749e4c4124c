/** Puts every value of every key of a plugin into a section, and collects what is not handled. */
import { checkSection, keyWarnings } from '../../../src/config/check.ts';
import type { JsonValue } from '../../../src/config/json5/json5.ts';
import { accepts, rowOf } from '../../../src/config/peers/keys/key-values.ts';
import type { Peer } from '../../../src/config/peers/keys/peer.ts';
import { type PeerPlan, planPeerSection } from '../../../src/config/peers/plan.ts';
import { isMoltbotFeishuError } from '../../../src/shared/errors.ts';
import type { Kinds } from './recorded-facts.ts';

const APP = { appId: 'cli_0123456789abcdef', appSecret: 'x' };

/** What is wrong, one line for each key or value; empty where all is well. */
export function faultsIn(peer: Peer, facts: Kinds): readonly string[] {
  return Object.entries(facts).flatMap(([path, kinds]) => {
    const steps = path.split('.').map((step, _index, all) => (step === '*' ? idBelow(all) : step));
    const row = rowOf(path.split('.'));
    if (!row) return [`${path}: no row`];
    const values = kinds.flatMap((kind) => samplesOf(kind, path));
    return values.flatMap((value) => {
      const at = `${peer} ${path} = ${JSON.stringify(value)}`;
      if (!accepts(row, peer, value)) return [`${at}: not in the table`];
      return [steps, ['accounts', 'work', ...steps]].flatMap((place) => {
        const section = withValue({ ...APP }, place, value);
        return faultsOf(section, place, peer).map((fault) => `${at}: ${fault}`);
      });
    });
  });
}

function faultsOf(section: JsonValue, place: readonly string[], peer: Peer): readonly string[] {
  const known = keyWarnings(section).filter(({ text }) => /not a known key/.test(text.text.en));
  const plans = [planPeerSection(section, { plugin: peer }), planPeerSection(section)];
  return [
    ...known.map(() => 'is named as an unknown key'),
    ...plans.flatMap((plan) => (isNamed(plan, place) ? [] : ['is not in the plan'])),
    ...plans.flatMap((plan) => readingFault(section, place, plan)),
  ];
}

/** A plan of a section that may be ours names nothing; an object is named by what is in it. */
function isNamed(plan: PeerPlan, place: readonly string[]): boolean {
  if (plan.candidates.length === 0) return true;
  const path = ['channels', 'feishu', ...place].join('.');
  const entries = [plan.kept, plan.translated, plan.notSupported, plan.refused].flat();
  const isObject = ['groups', 'dms', 'accounts', 'actions', 'tools', 'markdown'].includes(
    place.at(-1) ?? '',
  );
  return isObject || entries.some((entry) => entry.path.join('.') === path);
}

/** The account starts, or an error names the key. */
function readingFault(section: JsonValue, place: readonly string[], plan: PeerPlan): string[] {
  try {
    checkSection(section, 'moltbot.json', { plugin: plan.plugin });
    return plan.refused.length > 0 ? ['is refused by the plan, and read'] : [];
  } catch (error) {
    if (!isMoltbotFeishuError(error)) return [`throws ${String(error)}`];
    const keys = (error.details.keys ?? [error.details.key]) as string[];
    const key = ['channels', 'feishu', ...place].join('.');
    return keys.some((other) => other.startsWith(key)) ? [] : [`error names ${keys.join()}`];
  }
}

function withValue(section: JsonValue, path: readonly string[], value: JsonValue): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const fields = section as Record<string, JsonValue>;
  return { ...fields, [key]: withValue(fields[key] ?? {}, rest, value) };
}

const idBelow = ([key]: readonly string[]) =>
  key === 'groups' ? 'oc_1' : key === 'dms' ? 'ou_1' : 'any';

function samplesOf(kind: string, path: string): readonly JsonValue[] {
  if (kind.startsWith('"')) return [JSON.parse(kind) as JsonValue];
  const id = /groupAllowFrom/.test(path) ? 'oc_1' : 'ou_1';
  switch (kind) {
    case 'boolean':
      return [true, false];
    case 'integer':
    case 'number':
      return [1, 50];
    case 'object':
      return [{}];
    case 'secret':
      return [{ source: 'env', provider: 'default', id: 'FEISHU_APP_SECRET' }];
    case 'string':
      return [textAt(path, id)];
    case 'list of string or number':
      return [[], [id], [id, '*'], [7]];
    default:
      return [[], [id]];
  }
}

function textAt(path: string, id: string): string {
  if (path === 'appId') return 'cli_0123456789abcdef';
  if (path === 'domain') return 'https://open.feishu.cn';
  return /allowFrom/i.test(path) ? id : 'text';
}
