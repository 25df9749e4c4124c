/** The section of another plugin: what setup keeps, translates and cannot take over, said before the diff. */
import type { PeerPlan, PeerPlanEntry } from '../../../config/peers/plan.ts';
import { planSection } from '../../../host/machine/plugin/peer-section.ts';
import { joinLines, type LocalizedText, localize, type Text } from '../../../shared/text/text.ts';
import { switchTexts as texts } from '../../plugin/switch-texts.ts';
import type { Run } from '../../run.ts';

export function peerPlanOf({ target }: Run, document = target.document): PeerPlan {
  return planSection(document, target.hostPlan?.others ?? []);
}

/** Says whose section it is, and what becomes of each key. */
export function tellPeerPlan(run: Run): void {
  const { conversation } = run.options;
  const { candidates, kept, translated, notSupported, refused } = peerPlanOf(run);
  if (candidates.length === 0) return;
  conversation.tell(localize(texts.writtenFor, { plugins: candidates }));
  tellPart(texts.kept, kept.map(pathOf), conversation.tell);
  tellPart(texts.translated, translated.map(changeOf), conversation.tell);
  tellPart(texts.notSupported, notSupported.map(changeOf), conversation.warn);
  tellPart(texts.refused, refused.map(changeOf), conversation.warn);
}

type Say = (text: LocalizedText | Text) => void;

function tellPart(title: Text, lines: readonly LocalizedText[], say: Say): void {
  if (lines.length > 0) say(joinLines([localize(title), ...lines]));
}

const pathOf = ({ path }: PeerPlanEntry) => localize(texts.key, { path: path.slice(2).join('.') });
const changeOf = ({ path, found, text }: PeerPlanEntry) =>
  localize(texts.change, { path: path.slice(2).join('.'), found: found || '–', text });
