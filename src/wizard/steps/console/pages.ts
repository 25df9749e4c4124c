/**
 * The console walk: one page a step, the connection held while modes are saved. After each, what the
 * platform tells is looked at; what it does not tell stays "not checked".
 */

import { consoleLinks } from '../../../platform/address/console-links.ts';
import { resolveEndpoints } from '../../../platform/address/endpoints.ts';
import { batchImportJson, usualNeeds } from '../../../platform/manifest/app-manifest.ts';
import { type LocalizedText, localize, render, type Text } from '../../../shared/text/text.ts';
import type { Option } from '../../conversation/questions.ts';
import { openLink } from '../../link/open-link.ts';
import { clientOf, type Run } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wizardTexts } from '../../wizard-texts.ts';
import { readPlan, wantsOf } from '../app/app.ts';
import { checkConfigWritable } from '../config/write.ts';
import { consoleTexts as texts } from './console-texts.ts';
import { type Page, pages, pagesOf } from './page-list.ts';

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
    // A page that is only looked at again leaves what was proved.
    if (facts.plan && page.lacks(facts.plan)) facts.proof = undefined;
    const list = pagesOf(run);
    const client = clientOf(run);
    const links = consoleLinks(client.endpoints, client.appId);
    // The screen shows a short link; the opened link or the pasted JSON carries the details.
    const shown = page.id === 'permissions' ? links.auth() : page.url(links, facts.plan);
    const title = localize(texts.pageOf, {
      at: list.indexOf(page) + 1,
      count: list.length,
      title: localize(page.title),
    });
    showPage(run, title, shown, page.lines(run));
    if (page.id === 'permissions') offerJson(run);
    await walkPage(run, page, page.url(links, facts.plan));
  },
}));

/** Until it is done, or left for later. The first Enter opens the page, the next one checks. */
async function walkPage(run: Run, page: Page, url: string): Promise<void> {
  const hasMode = page.id === 'events' || page.id === 'callbacks';
  const isVersion = page.id === 'publish';
  let isOpened = false;
  let question: Text = texts.askDone;
  for (;;) {
    const canTell = run.facts.plan?.reading.versions.reported === true;
    const answer = await askPage(run, url, question, isOpened, [
      ...(hasMode ? [{ value: 'not-saved', label: texts.notSaved }] : []),
      ...(isVersion && !canTell ? [{ value: 'submitted', label: texts.submitted }] : []),
      { value: 'later', label: texts.skipPage },
    ]);
    isOpened = true;
    if (answer === 'not-saved') {
      await connectAgain(run);
      continue;
    }
    if (answer === 'later') {
      run.report({ id: page.id, ms: 0, status: 'not-checked', detail: texts.skipPage });
      return;
    }
    if (answer === 'submitted') {
      run.facts.wants = { ...run.facts.wants, isSubmitted: true };
      run.facts.plan = await readPlan(run);
      run.report({ id: page.id, ms: 0, status: 'not-checked', detail: texts.submittedSaid });
      return;
    }
    if (await looksDone(run, page)) return;
    question = texts.askDoneAgain;
  }
}

async function looksDone(run: Run, page: Page): Promise<boolean> {
  const { facts, options } = run;
  const { conversation } = options;
  const plan = await readPlan(run);
  facts.plan = plan;
  const { connections } = plan.reading;
  const verdict = page.verdict(plan, facts.walkPlan);
  // Its mode is not reported: what the person says counts, and is not asked for again.
  if (page.id === 'events' && !verdict.isOpen) facts.wants = { ...facts.wants, insist: false };
  if (connections.reported && (page.id === 'events' || page.id === 'callbacks')) {
    conversation.tell(localize(texts.connectionsOnline, { count: connections.value }));
  }
  const step = { id: page.id, ms: 0, status: verdict.status, detail: verdict.detail };
  if (verdict.isOpen) conversation.step(step);
  else run.report(step);
  return !verdict.isOpen;
}

function showPage(
  { options }: Run,
  title: LocalizedText,
  url: string,
  lines: readonly (LocalizedText | Text)[],
): void {
  const { conversation, lang } = options;
  const all = [localize(texts.open, { url }), ...lines];
  conversation.show(title, all.map((line) => render(line, lang)).join('\n'));
}

async function askPage(
  run: Run,
  url: string,
  question: Text,
  wasOpened: boolean,
  more: readonly Option[],
): Promise<string> {
  const { conversation, env, platform } = run.options;
  let isOpened = wasOpened;
  for (;;) {
    const open = { value: 'open', label: wizardTexts.openLink };
    const done = { value: 'done', label: texts.doneCheck };
    const answer = await conversation.choose(question, [
      ...(isOpened ? [done, ...more, open] : [open, done, ...more]),
    ]);
    if (answer !== 'open') return answer;
    isOpened = true;
    if (!(await openLink(url, { env, platform }))) {
      conversation.tell(localize(wizardTexts.noBrowser, { url }));
    }
  }
}

/** Includes granted permissions, since the import dialog might remove those left out. */
function offerJson(run: Run): void {
  const { conversation } = run.options;
  const { grants } = run.facts.plan?.reading ?? {};
  const { choices } = wantsOf(run);
  const json = batchImportJson({
    needs: usualNeeds,
    ...(choices && { choices }),
    ...(grants?.reported && { granted: grants.value }),
  });
  conversation.tell(conversation.copy(json) ? texts.scopesCopied : texts.scopesJson);
  // Without the bar, so that it can be marked and copied as it is.
  conversation.json(json);
}

/** The page wants a connection that it can see: ours is opened again if it is not up. */
async function connectAgain({ facts, options }: Run): Promise<void> {
  const { conversation } = options;
  const { connection: line } = facts;
  if (line?.isUp) {
    conversation.tell(texts.connectionIsUp);
    return;
  }
  await conversation.during(texts.checking, (signal) => line?.up(signal) ?? Promise.resolve());
}

/** Creating the app is a page, too; afterwards its credentials are asked for. */
export const createStep: Step = {
  id: 'create',
  title: texts.titleCreate,
  questions: [],
  applies: ({ facts, options, target }) =>
    facts.method === 'console' &&
    options.conversation.guided &&
    target.existing === undefined &&
    options.flags.appId === undefined &&
    !options.env.FEISHU_APP_ID &&
    facts.appId === undefined,
  async ask(run) {
    await checkConfigWritable(run);
    const { home } = consoleLinks(resolveEndpoints(run.facts.domain), '');
    showPage(run, localize(texts.titleCreate), home, [texts.create1, texts.create2]);
    await askPage(run, home, texts.askDone, false, []);
  },
};
