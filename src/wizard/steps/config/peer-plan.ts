/** The section of another plugin: what setup keeps, translates and cannot take over, said before the diff. */
import type { PeerPlan, PeerPlanEntry } from '../../../config/peers/plan.ts';
import { planSection, usesWebhook } from '../../../host/machine/plugin/peer-section.ts';
import { consoleLinks } from '../../../platform/address/console-links.ts';
import { resolveEndpoints } from '../../../platform/address/endpoints.ts';
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
  if (usesWebhook(run.target.document, run.target.accountId)) tellOfWebhook(run);
}

type Say = (text: LocalizedText | Text) => void;

function tellPart(title: Text, lines: readonly LocalizedText[], say: Say): void {
  if (lines.length > 0) say(joinLines([localize(title), ...lines]));
}

const pathOf = ({ path }: PeerPlanEntry) => localize(texts.key, { path: path.slice(2).join('.') });
const changeOf = ({ path, found, text }: PeerPlanEntry) =>
  localize(texts.change, { path: path.slice(2).join('.'), found: found || '–', text });

/** The app still sends its events to an address: with autopilot that is changed, else by a person. */
function tellOfWebhook({ options, facts, target }: Run): void {
  if (options.conversation.guided || facts.autopilot === true) return;
  const appId = facts.appId ?? target.existing?.appId ?? '';
  const url = consoleLinks(resolveEndpoints(facts.domain), appId).events;
  options.conversation.warn(localize(texts.webhook, { url }));
}
