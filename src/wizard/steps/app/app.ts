/**
 * Compares the app with the needed settings, and sets it up by its own API where the app may and
 * the person agrees; else the console pages follow.
 */

import { consoleLinks } from '../../../platform/address/console-links.ts';
import type { AppWants } from '../../../platform/app/app-changes.ts';
import { overviewOf } from '../../../platform/app/app-overview.ts';
import { type AppPlan, addToAppLink, planApp } from '../../../platform/app/app-plan.ts';
import { askAdmin, waitForAutopilotScope } from '../../../platform/app/approval.ts';
import { type AutopilotCall, applyPlan } from '../../../platform/app/autopilot.ts';
import { readApp } from '../../../platform/app/reading/app-reading.ts';
import { choicesOf } from '../../../platform/manifest/manifest-choices.ts';
import { ExitCode, isMoltbotFeishuError, type MoltbotFeishuError } from '../../../shared/errors.ts';
import { columnsOf } from '../../../shared/terminal/width.ts';
import { type LocalizedText, localize, render, type Text } from '../../../shared/text/text.ts';
import { NEXT } from '../../conversation/jump-to.ts';
import { autopilotQuestion, type Option } from '../../conversation/questions.ts';
import { clientOf, type Run } from '../../run.ts';
import type { Recovery, Step } from '../../step.ts';
import { wizardTexts } from '../../wizard-texts.ts';
import { appTexts as texts } from './app-texts.ts';
import { linkKeys } from './link-keys.ts';
import { unlessAlone } from './unless-alone.ts';
import { insistingPlan, isModeUnclear } from './webhook-mode.ts';

export const appStep: Step = {
  id: 'app',
  title: texts.titleApp,
  questions: [autopilotQuestion],
  applies({ facts, options }) {
    const { flags, conversation } = options;
    if (!flags.verify || facts.task === 'policy' || facts.task === 'rotate') return false;
    return conversation.guided || flags.autopilot === true;
  },
  ask: (run) => unlessAlone(run, () => askForPlan(run)),
  change: (run) => unlessAlone(run, () => configureApp(run)),
  /** A finished setting is not asked for again. */
  canReturn: ({ facts: { plan } }) =>
    plan?.kind === 'changes' ||
    plan?.kind === 'ask-admin' ||
    (plan?.kind === 'blocked' && plan.reason !== 'under-review'),
  undo({ facts }) {
    facts.plan = undefined;
    facts.autopilot = undefined;
    facts.walks = false;
  },
  recoveries(run, error) {
    const { facts } = run;
    const byHand: Recovery = {
      label: texts.noConsole,
      apply: () => {
        facts.autopilot = false;
        facts.walks = true;
      },
      to: NEXT,
    };
    const continueAnyway: Recovery = {
      label: wizardTexts.continueAnyway,
      apply: () => {
        facts.accepted = true;
      },
      to: NEXT,
    };
    const other: Recovery = {
      label: wizardTexts.otherMethod,
      apply: () => {
        facts.asksAgain = true;
      },
      to: 'way',
    };
    const mayStartOver = facts.task === 'setup' || facts.task === 'add';
    if (error.code === 'store-app') return mayStartOver ? [{ ...other, isFirst: true }] : [];
    return [
      ...(facts.plan ? [byHand] : []),
      ...(facts.client ? [continueAnyway] : []),
      ...(mayStartOver ? [other] : []),
    ];
  },
};

async function askForPlan(run: Run): Promise<void> {
  const { facts, options } = run;
  const plan = await readPlan(run);
  facts.plan = plan;
  showOverview(run, plan);
  if (plan.wants.insist === true && isModeUnclear(run)) {
    options.conversation.tell(texts.modeBySection);
  }
  switch (plan.kind) {
    case 'up-to-date':
      options.conversation.tell(texts.inOrder);
      return;
    case 'waiting':
      return;
    case 'ask-admin':
      await offerToAsk(run, plan);
      return;
    case 'changes':
      await askConsent(run, plan, texts.yesPlain);
      return;
    case 'blocked':
      if (plan.reason === 'under-review') return;
      if (plan.reason === 'autopilot-scope') await askConsent(run, plan, texts.yesWithLink);
      else if (plan.reason === 'not-console-made') await askConsent(run, plan, undefined);
      else throw plan.error;
  }
}

async function configureApp(run: Run): Promise<void> {
  const { facts, options } = run;
  let { plan } = facts;
  if (!plan || facts.autopilot !== true) return;
  if (plan.kind === 'blocked' && plan.reason === 'autopilot-scope') {
    if (!options.conversation.guided) throw plan.error;
    if (!(await granted(run, plan))) {
      facts.autopilot = false;
      facts.walks = true;
      return;
    }
    plan = await readPlan(run);
    facts.plan = plan;
  }
  if (plan.kind === 'blocked' && plan.reason === 'not-console-made') throw plan.error;
  if (plan.kind === 'changes') await carryOut(run, plan);
}

export async function readPlan(run: Run): Promise<AppPlan> {
  const { options } = run;
  const client = clientOf(run);
  const reading = await options.conversation.during(texts.reading, (signal) =>
    readApp(client, { signal, now: options.now }),
  );
  const links = consoleLinks(client.endpoints, client.appId);
  const plan = planApp(reading, links, wantsOf(run));
  const isUnknown = plan.notReported.some(({ id }) => id === 'event-mode');
  if (!isUnknown || !isModeUnclear(run)) return plan;
  const insisting = insistingPlan(plan, links);
  // Without a person to lead, only what can be done counts; the rest is reported beside the config.
  return options.conversation.guided || insisting.kind === 'changes' ? insisting : plan;
}

/** With what the account's config, if there is one, makes of the app's features. */
export function wantsOf({ facts, target }: Run): AppWants {
  return { choices: choicesOf(target.existing), ...facts.wants };
}

const rowNames = {
  bot: texts.rowBot,
  permissions: texts.rowPermissions,
  events: texts.rowEvents,
  version: texts.rowVersion,
} as const;
/** The longest name of a row, and two columns between. */
const ROW_COLUMNS = 13;

function showOverview({ options }: Run, plan: AppPlan): void {
  const { conversation, lang } = options;
  const lines = overviewOf(plan).map(({ id, text }) => {
    const name = render(rowNames[id], lang);
    return `${name}${' '.repeat(ROW_COLUMNS - columnsOf(name))}${render(text, lang)}`;
  });
  conversation.show(texts.overview, lines.join('\n'));
}

async function askConsent(run: Run, plan: AppPlan, yes: Text | undefined): Promise<void> {
  const { facts, options } = run;
  const { conversation, flags, lang } = options;
  // The overview said to a person what lacks; once is enough.
  if (plan.steps.length > 0 && !conversation.guided) {
    const lines = plan.steps.map(({ text }) => `· ${render(text, lang)}`);
    conversation.show(texts.planned, lines.join('\n'));
  }
  if (yes) for (const note of plan.notes) conversation.tell(note);
  if (facts.method === 'console' || flags.guided) {
    facts.walks = true;
    facts.autopilot = false;
    return;
  }
  facts.autopilot ??= flags.autopilot;
  if (!conversation.guided) return;
  if (facts.autopilot === undefined || !yes) {
    // No link switches the mode.
    const page = plan.wants.insist === true ? texts.askByConsole : texts.askByPage;
    const answer = await conversation.choose(
      yes ? autopilotQuestion.ask : page,
      autopilotQuestion.options.flatMap(({ value, label }): Option[] => {
        if (value !== 'yes') return [{ value, label }];
        if (yes) return [{ value, label: yes }];
        return page === texts.askByPage ? [{ value: 'link', label: wizardTexts.byLink }] : [];
      }),
    );
    facts.autopilot = answer === 'yes';
    facts.walks = answer === 'console';
    if (answer === 'link') await addByLink(run, plan);
    facts.accepted = answer === 'leave-it';
  } else if (!facts.autopilot) facts.walks = !facts.accepted;
  run.remember({ autopilot: facts.autopilot, walks: facts.walks });
}

/** One page of the platform on which the owner confirms everything that lacks (docs/platform/console.md#links-that-carry-a-wish). */
async function addByLink(run: Run, plan: AppPlan): Promise<void> {
  const { options, facts } = run;
  const { conversation } = options;
  const client = clientOf(run);
  const url = addToAppLink(plan.changes, consoleLinks(client.endpoints, client.appId));
  conversation.tell(texts.addByLink);
  conversation.show(wizardTexts.link, url);
  for (;;) {
    const next = await conversation.choose(texts.askAdded, [
      { value: 'open', label: wizardTexts.openLink },
      { value: 'added', label: texts.addedYes },
      { value: 'console', label: texts.noConsole },
    ]);
    if (next === 'console') {
      facts.walks = true;
      return;
    }
    if (next === 'open') {
      const [open] = linkKeys(run, url);
      if (open?.act) conversation.tell(await open.act());
      continue;
    }
    const after = await readPlan(run);
    facts.plan = after;
    showOverview(run, after);
    facts.wasChanged = true;
    facts.proof = undefined;
    if (after.kind !== 'blocked' && after.kind !== 'changes') return;
    conversation.warn(localize(texts.notInForce, { steps: joined(after) }));
  }
}

async function granted(run: Run, plan: AppPlan & { kind: 'blocked' }): Promise<boolean> {
  const { conversation } = run.options;
  const client = clientOf(run);
  const url = plan.error.url ?? consoleLinks(client.endpoints, client.appId).auth();
  conversation.tell(plan.error.details.state === 'waiting' ? plan.error.what : texts.grantNow);
  conversation.show(wizardTexts.link, url);
  const way = await conversation.wait<'granted' | 'console'>({
    status: () => texts.waitingGrant,
    keys: [...linkKeys(run, url), { key: 's', label: texts.keyConsole, end: { with: 'console' } }],
    work: async (signal) => {
      await waitForAutopilotScope(client, { signal });
      return 'granted';
    },
  });
  if (way === 'granted') conversation.tell(texts.granted);
  return way === 'granted';
}

const callTexts: Readonly<Record<AutopilotCall, Text>> = {
  ability: texts.doingAbility,
  config: texts.doingConfig,
  publish: texts.doingPublish,
  verify: texts.doingVerify,
};

async function carryOut(run: Run, plan: AppPlan & { kind: 'changes' }): Promise<void> {
  const { facts, options } = run;
  const { conversation, now, flags } = options;
  const step = { id: 'autopilot', ms: 0 } as const;
  if (flags.dryRun) {
    run.report({
      ...step,
      status: 'skipped',
      detail: localize(texts.wouldDo, { steps: joined(plan) }),
    });
    facts.accepted = true;
    return;
  }
  const startedAt = now();
  facts.wasChanged = true;
  facts.proof = undefined;
  let doing: Text = texts.doing;
  const applying = conversation.wait({
    status: () => doing,
    work: (signal) =>
      applyPlan(clientOf(run), plan, {
        signal,
        now,
        onCall: (call, state) => {
          if (state === 'begins') doing = callTexts[call];
        },
      }),
  });
  const applied = await applying.catch((error: unknown) => {
    if (!mayGoOnWithout(run, plan, error)) throw error;
    run.report({ ...step, ms: now() - startedAt, status: 'warn', detail: error.what, error });
  });
  if (!applied) return;
  const { after, published, refusedScopes, refusedEvents } = applied;
  facts.plan = after;
  facts.wants = after.wants;
  if (published?.versionId) {
    const { version, versionId } = published;
    run.remember({ published: versionId, publishedVersion: version });
  }
  const refused = [...refusedScopes, ...refusedEvents];
  if (refused.length > 0) conversation.warn(localize(texts.doneRefused, { names: refused }));
  const ms = now() - startedAt;
  switch (after.kind) {
    case 'waiting':
      run.report({
        ...step,
        ms,
        status: 'warn',
        detail: localize(texts.doneSubmitted, { version: after.version.version }),
        advice: localize(texts.waitsAdvice, { url: after.url }),
        url: after.url,
      });
      return;
    case 'blocked':
      run.report({
        ...step,
        ms,
        status: 'warn',
        detail: after.error.what,
        advice: after.error.advice,
      });
      return;
    case 'changes':
      run.report({
        ...step,
        ms,
        status: 'warn',
        detail: localize(texts.notInForce, { steps: joined(after) }),
      });
      return;
    default: {
      const detail = published?.version
        ? localize(texts.donePublished, { version: published.version })
        : texts.doneAll;
      run.report({ ...step, ms, status: 'ok', detail });
    }
  }
}

/** Nothing lacks but the mode, which a person can switch in the console: unattended, the config is written. */
function mayGoOnWithout(
  { options }: Run,
  { wants }: AppPlan,
  error: unknown,
): error is MoltbotFeishuError {
  const isRefused = isMoltbotFeishuError(error) && error.exitCode === ExitCode.appNotReady;
  return isRefused && wants.insist === true && !options.conversation.guided;
}

async function offerToAsk(run: Run, plan: AppPlan & { kind: 'ask-admin' }): Promise<void> {
  const { options } = run;
  const { conversation, flags } = options;
  const { forAdmin } = plan.scopes;
  conversation.warn(localize(texts.forAdmin, { scopes: forAdmin }));
  if (flags.dryRun) return;
  const answer = await conversation.choose(texts.askAskAdmin, [
    { value: 'ask', label: texts.askAdminYes },
    { value: 'continue', label: texts.askAdminNo },
  ]);
  if (answer !== 'ask') return;
  try {
    const asked = await conversation.during(texts.doing, (signal) =>
      askAdmin(clientOf(run), { signal }),
    );
    const said: Record<typeof asked, LocalizedText | Text> = {
      asked: texts.askedAdmin,
      'asked-before': texts.askedBefore,
      'nothing-to-ask': texts.askedBefore,
      'by-hand': localize(texts.askByHand, { url: plan.url }),
      'used-up': localize(texts.askByHand, { url: plan.url }),
    };
    conversation.tell(said[asked]);
  } catch (error) {
    // This is only an offer: the checks report again what is missing.
    if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
    conversation.warn(error.what);
  }
}

function joined({ steps }: AppPlan): LocalizedText {
  const [first, ...rest] = steps.map(({ text }) => text);
  return rest.reduce(
    (list, next) => localize(texts.listed, { list, next }),
    first ?? localize(wizardTexts.nothing),
  );
}
