/**
 * The scan: a code on the screen, its link beside it, and the app that a person's confirming creates.
 *
 * A code lives ten minutes; a new one comes by itself. What was created is kept in the config at once,
 * disabled, since the platform tells the secret only now.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RegisteredApp, registerApp } from '../../../platform/registration/registration.ts';
import { addonsOfManifest } from '../../../platform/registration/registration-page.ts';
import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import { type LocalizedText, localize, render, type Text } from '../../../shared/text/text.ts';
import type { WaitKey } from '../../conversation/conversation.ts';
import { invalidAnswer } from '../../conversation/questions.ts';
import { openLink, openPicture } from '../../link/open-link.ts';
import { qrPng } from '../../link/qr-code.ts';
import { fittingCode, scanPanel } from '../../link/scan-panel.ts';
import { scanTexts as texts } from '../../link/scan-texts.ts';
import type { Rehearsal, Run } from '../../run.ts';
import type { Step } from '../../step.ts';
import { wizardTexts } from '../../wizard-texts.ts';
import { checkConfigWritable } from '../config/write.ts';
import { wantsOf } from './app.ts';
import { keepPending } from './keep-pending.ts';
import { linkKeys } from './link-keys.ts';

/** Automatic renewals of the code, about half an hour in all; then the person must ask for one. */
const RENEWALS = 2;

export const scanStep: Step = {
  id: 'scan',
  title: texts.titleScan,
  questions: [],
  applies: ({ facts }) => facts.method === 'scan',
  async ask(run) {
    const { facts, options } = run;
    if (options.flags.dryRun) throw invalidAnswer({ flag: '--dry-run' }, localize(texts.noDryScan));
    // The way back led here: what was created stays on the platform, so it is offered again.
    if (!facts.scanned || facts.secret) return;
    const { appId, secret } = facts.scanned;
    const answer = await options.conversation.choose(localize(texts.askAgain, { appId }), [
      { value: 'use', label: texts.useIt },
      { value: 'another', label: texts.createAnother },
    ]);
    if (answer === 'use') {
      facts.appId = appId;
      facts.secret = { value: secret, isKept: false };
    } else facts.scanned = undefined;
  },
  async change(run) {
    const { facts } = run;
    if (facts.secret) return;
    await checkConfigWritable(run);
    const app = await scanned(run);
    const { appId, appSecret, domain, openId } = app;
    facts.appId = appId;
    facts.secret = { value: appSecret, isKept: false };
    facts.domain = domain;
    facts.scanned = { appId, secret: appSecret, openId };
    run.remember({ appId, domain, scanned: true, ...(openId && { openId }) });
    await keepPending(run);
    const detail = localize(texts.created, { name: facts.botName ?? '', appId });
    run.report({ id: 'scan', ms: 0, status: 'ok', detail });
  },
  undo({ facts }) {
    facts.appId = undefined;
    facts.secret = undefined;
  },
  recoveries: () => [
    {
      label: wizardTexts.otherMethod,
      apply: ({ facts }) => {
        facts.asksAgain = true;
      },
      to: 'way',
    },
  ],
};

async function scanned(run: Run): Promise<RegisteredApp> {
  const { conversation } = run.options;
  for (let renewals = 0; ; renewals++) {
    try {
      return await scanOnce(run);
    } catch (error) {
      const isOver = !isMoltbotFeishuError(error, 'scan-expired') || error.details.answerLost;
      if (isOver || !conversation.guided || renewals >= RENEWALS) throw error;
      conversation.tell(texts.renewed);
    }
  }
}

async function scanOnce(run: Run): Promise<RegisteredApp> {
  const { options, facts } = run;
  const { conversation, env, log, now, lang } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  let ready: (code: { url: string; expiresAt: number }) => void = () => undefined;
  const code = new Promise<{ url: string; expiresAt: number }>((resolve) => {
    ready = resolve;
  });
  const registered = registerApp(
    {
      domain: facts.domain,
      addons: addonsOfManifest({ choices: wantsOf(run).choices }),
      createOnly: true,
      appPreset: {
        name: facts.botName ?? '',
        desc: render(texts.description, lang),
      },
    },
    {
      env,
      log,
      now,
      signal,
      onEvent: (event) => {
        if (event.kind === 'code-ready') ready(event);
        else if (event.kind === 'brand-switched') conversation.tell(texts.larkPerson);
        else if (event.kind === 'slow-down') log.info('scan: slow down');
        else log.info('scan: hiccup', { error: event.error.code });
      },
    },
  );
  // A refusal before there is a code is thrown here, one after it below.
  registered.catch(() => undefined);
  const { url, expiresAt } = await conversation.during(texts.beginning, () =>
    Promise.race([code, registered.then(() => code)]),
  );
  options.onScan?.({ url, expiresAt });
  const { rehearsal } = options;
  if (rehearsal) await showPage(run, url);
  else if (!conversation.drawsPanels) showCode(run, url);
  const { picture } = conversation;
  const file = join(options.home, 'moltbot-feishu-scan.png');
  const say = (text: LocalizedText | Text) => render(text, lang);
  try {
    return await conversation.wait<RegisteredApp>({
      status: () => localize(texts.validFor, { left: clock(expiresAt - now()) }),
      ...(rehearsal
        ? { keys: [confirmKey(rehearsal, url), ...linkKeys(run, url)] }
        : {
            keys: [...linkKeys(run, url), pictureKey(run, file, url)],
            panel: (window, footer) =>
              scanPanel({ url, window, footer, say, color: picture?.color === true }),
          }),
      work: (waitSignal) => {
        waitSignal.addEventListener('abort', () => stop.abort(), { once: true });
        return registered;
      },
    });
  } finally {
    stop.abort();
    await rm(file, { force: true });
  }
}

/** Where no panel is drawn: the code as it fits the window, and the link. */
function showCode({ options }: Run, url: string): void {
  const { conversation } = options;
  const { picture } = conversation;
  const { columns = 0, rows = Number.POSITIVE_INFINITY } = picture ?? {};
  const room = { columns, rows: rows - Math.ceil(url.length / columns) };
  const code = picture && fittingCode(url, room, picture);
  if (code) {
    conversation.tell(texts.scanNow);
    conversation.draw(code);
  } else if (picture) conversation.tell(texts.noRoom);
  conversation.tell(localize(code ? texts.orOpen : texts.openPage, { url }));
}

/** No phone reaches the sandbox: the page that it would show is opened here. */
async function showPage({ options }: Run, url: string): Promise<void> {
  const { conversation, env, platform } = options;
  conversation.tell(localize(texts.rehearsed, { url }));
  if (await openLink(url, { env, platform })) conversation.tell(texts.opened);
}

function confirmKey({ confirmScan }: Rehearsal, url: string): WaitKey<never> {
  return {
    key: 'y',
    label: texts.keyConfirm,
    act: async () => {
      try {
        confirmScan(url);
        return texts.confirmedHere;
      } catch (error) {
        // Confirmed in the browser a moment before.
        if (error instanceof RangeError) return texts.confirmedHere;
        throw error;
      }
    },
  };
}

function pictureKey({ options }: Run, path: string, url: string): WaitKey<never> {
  const { env, platform } = options;
  return {
    key: 'p',
    label: texts.keyPicture,
    act: async () => {
      try {
        await writeFile(path, qrPng(url), { mode: 0o600 });
        const isOpen = await openPicture(path, { env, platform });
        return localize(isOpen ? texts.pictureOpened : texts.pictureSaved, { path });
      } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? String(error);
        return localize(texts.pictureFailed, { path, reason });
      }
    },
  };
}

function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
