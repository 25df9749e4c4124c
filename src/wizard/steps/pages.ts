/**
 * The console walk: one page a step, bot before events, the connection held while modes are saved, the
 * version last (open-platform shelf 1.1, 1.4). After each, what the platform tells is looked at; what
 * it does not tell stays "not checked".
 */

import { appManifest, batchImportJson } from '../../platform/app-manifest.ts';
import type { AppPlan } from '../../platform/app-plan.ts';
import { liveVersion, versionOnItsWay } from '../../platform/app-reading.ts';
import { type ConsoleLinks, consoleLinks } from '../../platform/console-links.ts';
import { resolveEndpoints } from '../../platform/endpoints.ts';
import { asMessage, type Message, message, render, type Text } from '../../shared/text.ts';
import { consoleTexts as texts } from '../console-texts.ts';
import { openLink } from '../open-link.ts';
import type { Option } from '../questions.ts';
import { clientOf, type Run } from '../run.ts';
import type { Step } from '../step.ts';
import { wizardTexts } from '../texts.ts';
import { readPlan } from './app.ts';

interface Verdict {
  readonly status: 'ok' | 'not-checked' | 'warn';
  readonly detail: Message | Text;
  /** Not done: the page is offered again. */
  readonly isOpen?: boolean;
}

interface Page {
  /** Names the step in the JSON, too. */
  readonly id: 'bot' | 'permissions' | 'events' | 'callbacks' | 'publish';
  readonly step: string;
  readonly title: Text;
  url(links: ConsoleLinks, plan: AppPlan | undefined): string;
  lines(run: Run): readonly (Message | Text)[];
  /** Whether it lacks, as far as anything tells. */
  lacks(plan: AppPlan): boolean;
  verdict(plan: AppPlan): Verdict;
}

const [event] = appManifest.events;
const [callback] = appManifest.callbacks;

function labelled(text: Text, name: string): Message {
  const label = appManifest.labels[name];
  return message(text, { event: name, label: label ? message(label) : '' });
}

const pages: readonly Page[] = [
  {
    id: 'bot',
    step: 'page-bot',
    title: texts.titleBot,
    url: (links) => links.capability,
    lines: () => [texts.bot1],
    lacks: ({ changes }) => changes.bot,
    verdict: ({ reading: { bot } }) =>
      bot.known && bot.value.on
        ? { status: 'ok', detail: texts.botOn }
        : { status: 'not-checked', detail: texts.botAfterVersion },
  },
  {
    id: 'permissions',
    step: 'page-scopes',
    title: texts.titleScopes,
    url: (links, plan) => links.auth(plan?.changes.scopes),
    lines: () => [texts.scopes1, texts.scopes2],
    lacks: ({ changes }) => changes.scopes.length > 0,
    verdict({ scopes, reading: { grants } }) {
      if (!grants.known && grants.why !== 'not-installed') {
        const { what } = grants.error;
        const problem = asMessage(what);
        return { status: 'not-checked', detail: message(texts.scopesUntold, { problem }) };
      }
      if (!grants.known) return { status: 'not-checked', detail: texts.personSaid };
      return scopes.missing.length === 0
        ? { status: 'ok', detail: texts.scopesThere }
        : {
            status: 'warn',
            detail: message(texts.scopesLack, { scopes: scopes.missing.join(', ') }),
            isOpen: true,
          };
    },
  },
  {
    id: 'events',
    step: 'page-events',
    title: texts.titleEvents,
    url: (links) => links.events,
    lines: ({ facts }) => [
      facts.line?.isUp ? texts.lineIsUp : texts.lineIsDown,
      texts.events1,
      texts.events2,
      labelled(texts.events3, event),
    ],
    lacks: ({ changes }) => changes.eventMode || changes.events.length > 0,
    verdict({ missingEvents }) {
      if (missingEvents === undefined) return { status: 'not-checked', detail: texts.personSaid };
      return missingEvents.length === 0
        ? { status: 'ok', detail: message(texts.eventThere, { event }) }
        : { status: 'not-checked', detail: message(texts.eventLater, { event }) };
    },
  },
  {
    id: 'callbacks',
    step: 'page-callbacks',
    title: texts.titleCallbacks,
    url: (links) => links.callbacks,
    lines: ({ facts }) => [
      facts.line?.isUp ? texts.lineIsUp : texts.lineIsDown,
      texts.callbacks1,
      texts.callbacks2,
      labelled(texts.callbacks3, callback),
    ],
    lacks: ({ changes }) => changes.callbackMode || changes.callbacks.length > 0,
    verdict: () => ({ status: 'not-checked', detail: texts.personSaid }),
  },
  {
    id: 'publish',
    step: 'page-version',
    title: texts.titleVersion,
    url: (links) => links.createVersion,
    lines: () => [texts.version1, texts.version2, texts.version3, texts.versionNote],
    lacks: ({ changes }) => changes.publish !== undefined,
    verdict: versionVerdict,
  },
];

function versionVerdict({ reading, changes, steps }: AppPlan): Verdict {
  const onItsWay = versionOnItsWay(reading);
  if (onItsWay?.status === 'in-review') {
    const { version } = onItsWay;
    return { status: 'warn', detail: message(texts.versionReview, { version }) };
  }
  const live = liveVersion(reading);
  const isOn = reading.bot.known && reading.bot.value.on;
  if (!live) {
    return isOn
      ? { status: 'ok', detail: texts.versionBot }
      : { status: 'warn', detail: texts.versionNone, isOpen: true };
  }
  const { version } = live;
  if (!changes.publish) return { status: 'ok', detail: message(texts.versionLive, { version }) };
  const lacking = steps.filter(({ id }) => id !== 'publish').map(({ text }) => text);
  const [first = message(texts.titleVersion), ...rest] = lacking;
  const joined = rest.reduce<Message>(
    (list, next) => message(wizardTexts.listed, { list, next }),
    first,
  );
  return {
    status: 'warn',
    detail: message(texts.versionWithout, { version, steps: joined }),
    isOpen: true,
  };
}

/** Which of them this run walks through. */
function pagesOf({ facts }: Run): readonly Page[] {
  const plan = facts.walkPlan ?? facts.plan;
  if (!facts.walks || !plan) return [];
  return facts.walksAll ? pages.slice(2) : pages.filter((page) => page.lacks(plan));
}

export const pageSteps: readonly Step[] = pages.map((page) => ({
  id: page.step,
  title: page.title,
  questions: [],
  applies: (run) => run.options.conversation.guided && pagesOf(run).includes(page),
  async ask(run) {
    const { facts } = run;
    // The list of pages stays the same while it is walked through.
    facts.walkPlan ??= facts.plan;
    facts.wasChanged = true;
    facts.proof = undefined;
    const list = pagesOf(run);
    const client = clientOf(run);
    const url = page.url(consoleLinks(client.endpoints, client.appId), facts.plan);
    const title = message(texts.pageOf, {
      at: list.indexOf(page) + 1,
      count: list.length,
      title: message(page.title),
    });
    for (;;) {
      showPage(run, title, url, page.lines(run));
      if (page.id === 'permissions') offerJson(run);
      const done = await askPage(run, url, [
        ...(page.id === 'events' || page.id === 'callbacks'
          ? [{ value: 'not-saved', label: texts.notSaved }]
          : []),
        { value: 'later', label: texts.skipPage },
      ]);
      if (done === 'not-saved') {
        await lineAgain(run);
        continue;
      }
      if (done === 'later') {
        run.report({ id: page.id, ms: 0, status: 'not-checked', detail: texts.skipPage });
        return;
      }
      if (await looksDone(run, page)) return;
    }
  },
}));

async function looksDone(run: Run, page: Page): Promise<boolean> {
  const { facts, options } = run;
  const { conversation } = options;
  const plan = await readPlan(run);
  facts.plan = plan;
  const { connections } = plan.reading;
  const verdict = page.verdict(plan);
  if (connections.known && (page.id === 'events' || page.id === 'callbacks')) {
    conversation.tell(message(texts.linesOnline, { count: connections.value }));
  }
  const step = { id: page.id, ms: 0, status: verdict.status, detail: verdict.detail };
  if (!verdict.isOpen) {
    run.report(step);
    return true;
  }
  conversation.step(step);
  const next = await conversation.choose(texts.tryAgain, [
    { value: 'again', label: wizardTexts.choiceRetry },
    { value: 'later', label: texts.skipPage },
  ]);
  if (next !== 'later') return false;
  run.report(step);
  return true;
}

function showPage(
  { options }: Run,
  title: Message,
  url: string,
  lines: readonly (Message | Text)[],
): void {
  const { conversation, lang } = options;
  const all = [message(texts.open, { url }), ...lines];
  conversation.show(title, all.map((line) => render(line, lang)).join('\n'));
}

/** The first Enter opens the page, the next one says that it is done. */
async function askPage(run: Run, url: string, more: readonly Option[]): Promise<string> {
  const { conversation, env, platform } = run.options;
  let isOpened = false;
  for (;;) {
    const open = { value: 'open', label: wizardTexts.openLink };
    const done = { value: 'done', label: texts.doneCheck };
    const answer = await conversation.choose(texts.askDone, [
      ...(isOpened ? [done, ...more, open] : [open, done, ...more]),
    ]);
    if (answer !== 'open') return answer;
    isOpened = true;
    if (!(await openLink(url, { env, platform }))) {
      conversation.tell(message(wizardTexts.noBrowser, { url }));
    }
  }
}

/** What is granted goes in too: whether the dialog takes away what is left out is not known. */
function offerJson(run: Run): void {
  const { conversation } = run.options;
  const { grants } = run.facts.plan?.reading ?? {};
  const json = batchImportJson({
    needs: ['required', 'recommended'],
    ...(grants?.known && { granted: grants.value }),
  });
  conversation.show(texts.scopesJson, json);
  if (conversation.copy(json)) conversation.tell(texts.scopesCopied);
}

/** The page wants a connection that it can see: ours is opened anew if it is not up. */
async function lineAgain({ facts, options }: Run): Promise<void> {
  const { conversation } = options;
  const { line } = facts;
  if (line?.isUp) {
    conversation.tell(texts.lineIsUp);
    return;
  }
  await conversation.during(texts.checking, (signal) => line?.up(signal) ?? Promise.resolve());
}

/** Creating the app is a page, too; afterwards its credentials are asked for. */
export const createStep: Step = {
  id: 'create',
  title: texts.titleCreate,
  questions: [],
  applies: ({ facts, options, place }) =>
    facts.way === 'console' &&
    options.conversation.guided &&
    place.existing === undefined &&
    options.flags.appId === undefined &&
    !options.env.FEISHU_APP_ID &&
    facts.appId === undefined,
  async ask(run) {
    const { home } = consoleLinks(resolveEndpoints(run.facts.domain), '');
    showPage(run, message(texts.titleCreate), home, [texts.create1, texts.create2]);
    await askPage(run, home, []);
  },
};
