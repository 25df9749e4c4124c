/** The proof as a step: greeted where the person is known, waited for, and diagnosed when nothing comes. */

import type { HostedAnswer } from '../../../host/account/hosted-answer.ts';
import { consoleLinks } from '../../../platform/address/console-links.ts';
import { liveVersion, readApp } from '../../../platform/app/reading/app-reading.ts';
import { appManifest } from '../../../platform/manifest/app-manifest.ts';
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import { asLocalized, type LocalizedText, localize } from '../../../shared/text/text.ts';
import { JumpTo } from '../../conversation/jump-to.ts';
import { openLink } from '../../link/open-link.ts';
import { clientOf, type Run } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wizardTexts } from '../../wizard-texts.ts';
import { linkKeys } from '../app/link-keys.ts';
import type { HeardMessage } from './proof-message.ts';
import { proofTexts as texts } from './proof-texts.ts';

/** After this time setup lists the likely causes unasked. */
const PROOF_TIMEOUT_MS = 90_000;

/** Whether this run ends in a message: for a new or changed app, or on request. */
export function provesByMessage({ facts, options }: Run): boolean {
  const { conversation, flags } = options;
  // The chat that follows a rehearsal is its proof.
  if (!conversation.guided || !flags.verify || flags.dryRun || options.rehearsal) return false;
  if (facts.notReady || facts.accepted || isProved(facts)) return false;
  return (
    facts.task === 'setup' || facts.task === 'add' || facts.task === 'test' || facts.wasChanged
  );
}

/** A person came back to what is proved: it is kept, unless they want another message. */
function isReviewed({ facts }: Run): boolean {
  return facts.returnsTo === 'proof' && isProved(facts);
}

/** A message proved this very app, and nothing was changed since. */
function isProved({ proof, appId }: Run['facts']): boolean {
  return proof !== undefined && proof.appId === appId;
}

export const proofStep: Step = {
  id: 'proof',
  title: texts.title,
  questions: [],
  applies: (run) => (provesByMessage(run) || isReviewed(run)) && run.facts.connection !== undefined,
  async ask(run) {
    const { facts, options } = run;
    if (!isReviewed(run)) return;
    const answer = await options.conversation.choose(texts.askProved, [
      { value: 'keep', label: texts.keepProof },
      { value: 'again', label: texts.proveAgain },
    ]);
    if (answer === 'keep') facts.returnsTo = undefined;
  },
  async check(run) {
    const { facts, options } = run;
    const { conversation } = options;
    const { connection } = facts;
    if (!connection || !(provesByMessage(run) || isReviewed(run))) return;
    const client = clientOf(run);
    const { othersOnline: count } = facts;
    if (count > 0) conversation.warn(localize(texts.othersOnline, { count }));
    if (watchesGateway(run)) conversation.tell(texts.gatewayCounts);
    const since = options.now();
    const wasGreeted = await greetScanner(run);
    const brand = wizardTexts[client.endpoints.brand === 'lark' ? 'brandLark' : 'brandFeishu'];
    const bot = facts.bot?.name ?? client.appId;
    const params = { bot, brand: localize(brand) };
    conversation.tell(localize(wasGreeted ? texts.askAnswer : texts.ask, params));
    const url = consoleLinks(client.endpoints, client.appId).openBot;
    conversation.tell(localize(texts.openChat, { url }));
    const { listenForMessage } = await import('./proof-message.ts');
    for (;;) {
      const listening = listenForMessage(connection, { ...options, client });
      try {
        const heard = await waitForMessage(run, url, { heard: listening.heard, since });
        if (heard === 'skip') return unproven(run);
        if (heard !== 'why') {
          return 'agentFailure' in heard ? provenByGateway(run, heard) : proven(run, heard);
        }
      } catch (error) {
        if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
        conversation.warn(localize(texts.unanswered, { problem: asLocalized(error.what) }));
        throw error;
      } finally {
        listening.stop();
      }
      if (await diagnose(run)) return unproven(run);
    }
  },
  recoveries: () => [
    { label: texts.skip, to: 'next' },
    { label: wizardTexts.lookAgain, to: 'app' },
  ],
};

async function greetScanner(run: Run): Promise<boolean> {
  const { facts, options } = run;
  const openId = facts.scanned?.openId;
  if (openId === undefined || facts.wasGreeted) return facts.wasGreeted;
  try {
    const { showGreeting } = await import('./proof-message.ts');
    await showGreeting(clientOf(run), openId, options);
    facts.wasGreeted = true;
    run.report({ id: 'greeting', ms: 0, status: 'ok', detail: texts.greeted });
    return true;
  } catch (error) {
    if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
    // The message that comes may prove it all the same.
    run.report({
      id: 'greeting',
      ms: 0,
      status: 'warn',
      detail: localize(texts.notGreeted, { problem: asLocalized(error.what) }),
      advice: error.advice,
      url: error.url,
    });
    return false;
  }
}

function waitForMessage(
  run: Run,
  url: string,
  { heard, since }: { readonly heard: Promise<HeardMessage>; readonly since: number },
): Promise<HeardMessage | HostedAnswer | 'why' | 'skip'> {
  return run.options.conversation.wait<HeardMessage | HostedAnswer | 'why' | 'skip'>({
    status: () => texts.waiting,
    keys: [
      ...linkKeys(run, url),
      { key: 'd', label: texts.keyWhy, end: { with: 'why' } },
      { key: 's', label: texts.keySkip, end: { with: 'skip' } },
    ],
    work: (signal) => {
      const late = AbortSignal.timeout(PROOF_TIMEOUT_MS);
      const over = new Promise<'why'>((resolve, reject) => {
        late.addEventListener('abort', () => resolve('why'), { once: true });
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      const ended = new AbortController();
      const gateway = gatewayAnswer(run, since, AbortSignal.any([signal, ended.signal]));
      return Promise.race([heard, over, gateway]).finally(() => ended.abort());
    },
  });
}

/** Whether the gateway here is online with this very app, so that a message may go to it. */
function watchesGateway({ facts, target }: Run): boolean {
  const isSameApp = target.existing?.appId !== undefined && target.existing.appId === facts.appId;
  return facts.othersOnline > 0 && isSameApp && target.hostPlan?.isUp === true;
}

/** Never resolves where the gateway answers nothing. */
function gatewayAnswer(run: Run, since: number, signal: AbortSignal): Promise<HostedAnswer> {
  return new Promise((resolve, reject) => {
    if (!watchesGateway(run)) return;
    const { hostPlan, accountId } = run.target;
    hostPlan?.waitForAnswer(accountId, { since, signal }).then((answer) => {
      if (answer) resolve(answer);
    }, reject);
  });
}

/** Lists the likely causes with the result of each check. True: continue without proof. */
async function diagnose(run: Run): Promise<boolean> {
  const { facts, options } = run;
  const { conversation, env, platform } = options;
  const client = clientOf(run);
  const links = consoleLinks(client.endpoints, client.appId);
  conversation.warn(texts.nothing);
  const reading = await conversation
    .during(wizardTexts.verifying, (signal) => readApp(client, { signal, now: options.now }))
    .catch((error: unknown) => {
      // The platform is unreachable: report that, and list the causes unchecked.
      if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
      conversation.warn(error.what);
      return undefined;
    });
  const events = reading && liveVersion(reading)?.events;
  const event = appManifest.messageEvent;
  const count = reading?.connections.reported ? reading.connections.value : undefined;
  const verdict = (isSo: boolean | undefined): LocalizedText =>
    localize(
      isSo === undefined ? texts.verdictNotReported : isSo ? texts.verdictYes : texts.verdictNo,
    );
  conversation.tell(localize(texts.causeMode, { url: links.events }));
  conversation.tell(
    localize(texts.causeEvent, { verdict: verdict(events && !events.includes(event)) }),
  );
  conversation.tell(localize(texts.causeRange, { url: links.versions }));
  conversation.tell(
    localize(texts.causeOther, {
      verdict:
        count !== undefined && count > 1
          ? localize(texts.verdictOthers, { count })
          : verdict(count === undefined ? undefined : false),
    }),
  );
  conversation.tell(
    localize(texts.causeConnection, { verdict: verdict(facts.connection?.isUp === false) }),
  );
  const next = await conversation.choose(wizardTexts.askRetry, [
    { value: 'wait', label: texts.wait },
    { value: 'open', label: texts.openEvents },
    ...(facts.autopilot ? [{ value: 'insist', label: texts.insist }] : []),
    { value: 'console', label: wizardTexts.byHand },
    { value: 'skip', label: texts.skip },
  ]);
  switch (next) {
    case 'open': {
      const opened = await openLink(links.events, { env, platform });
      if (!opened) conversation.show(wizardTexts.link, links.events);
      return false;
    }
    case 'insist':
      facts.wants = { ...facts.wants, insist: true };
      throw new JumpTo('app');
    case 'console':
      facts.walks = true;
      facts.walksAll = true;
      throw new JumpTo('page-events');
    default:
      return next === 'skip';
  }
}

function proven(run: Run, { senderOpenId, answeredMs }: HeardMessage): void {
  const { appId } = clientOf(run);
  run.facts.proof = { appId, openId: senderOpenId };
  const detail = localize(texts.done, { openId: senderOpenId, ms: answeredMs });
  run.report({ id: 'proof', ms: answeredMs, status: 'ok', detail });
}

function provenByGateway(run: Run, { agentFailure: error }: HostedAnswer): void {
  run.facts.proof = { appId: clientOf(run).appId, openId: undefined };
  run.report({
    id: 'proof',
    ms: 0,
    status: error === undefined ? 'ok' : 'warn',
    detail: error === undefined ? texts.doneByGateway : localize(texts.gatewayFailed, { error }),
  });
}

function unproven(run: Run): void {
  run.report({ id: 'proof', ms: 0, status: 'not-checked', detail: texts.skipped });
}
