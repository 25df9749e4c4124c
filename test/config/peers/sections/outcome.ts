/** What becomes of a section: for the reviewed file beside it. */
import { checkSection } from '../../../../src/config/check.ts';
import { planEdit } from '../../../../src/config/edit.ts';
import {
  isObject,
  type JsonValue,
  jsonOf,
  parseJson5,
} from '../../../../src/config/json5/json5.ts';
import type { PeerPlanEntry } from '../../../../src/config/peers/plan.ts';
import { planPeerSection } from '../../../../src/config/peers/plan.ts';
import { isMoltbotFeishuError } from '../../../../src/shared/errors.ts';
import type { PeerSection } from './sections.ts';

export interface Outcome {
  readonly writtenFor: readonly string[];
  readonly translated: readonly string[];
  readonly notSupported: readonly string[];
  readonly refused: readonly string[];
  /** Each key that the plan writes. */
  readonly written: Readonly<Record<string, JsonValue>>;
  /** The keys that keep the account from starting, before and after the plan. */
  readonly problems: readonly string[];
  readonly problemsAfter: readonly string[];
  readonly keepsComments: boolean;
  readonly isStable: boolean;
}

export function outcomeOf({ text, plugin }: PeerSection): Outcome {
  const section = sectionIn(text);
  const plan = planPeerSection(section, { plugin });
  const { text: after } = planEdit(text, plan.edits);
  const then = sectionIn(after);
  return {
    writtenFor: plan.candidates,
    translated: plan.translated.map(nameOf),
    notSupported: plan.notSupported.map(nameOf),
    refused: plan.refused.map(nameOf),
    written: Object.fromEntries(
      plan.edits.map((edit) => [edit.path.slice(2).join('.'), 'value' in edit ? edit.value : null]),
    ),
    problems: problemsOf(section, plugin),
    problemsAfter: problemsOf(then),
    keepsComments: commentsIn(text).every((comment) => after.includes(comment)),
    isStable: planPeerSection(then).edits.length === 0,
  };
}

const nameOf = ({ path }: PeerPlanEntry) => path.slice(2).join('.');
const commentsIn = (text: string) => text.match(/\/\/.*/g) ?? [];

function sectionIn(text: string): JsonValue {
  const tree = parseJson5(text);
  const root = tree && jsonOf(tree);
  const channels = isObject(root) ? root.channels : undefined;
  return (isObject(channels) ? channels.feishu : undefined) ?? {};
}

function problemsOf(section: JsonValue, plugin?: PeerSection['plugin']): readonly string[] {
  try {
    checkSection(section, 'moltbot.json', { plugin });
    return [];
  } catch (error) {
    if (!isMoltbotFeishuError(error)) throw error;
    return (error.details.keys as string[]).map((key) => key.replace('channels.feishu.', ''));
  }
}
