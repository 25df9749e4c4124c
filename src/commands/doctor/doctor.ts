/** `doctor`: the checks of each configured account, as text or as one JSON document. */
import { setTimeout as delay } from 'node:timers/promises';
import { doctorTexts } from '../../doctor/doctor-texts.ts';
import { examine } from '../../doctor/examine.ts';
import { reportBundle } from '../../doctor/report/report-bundle.ts';
import { ExitCode } from '../../shared/errors.ts';
import { jsonText } from '../../shared/terminal/visible.ts';
import { localize } from '../../shared/text/text.ts';
import { version } from '../../shared/version.ts';
import { commandError } from '../command-errors.ts';
import { commandTexts as texts } from '../command-texts.ts';
import { type ConfiguredFlags, configLocation } from '../configured.ts';
import {
  doctorDocument,
  doctorExitCode,
  type Examined,
  isHealthy,
  openChecks,
  showAccounts,
  showSummary,
} from '../output/doctor-output.ts';
import { writeLine } from '../output/people-line.ts';
import { progressLine } from '../output/progress-line.ts';
import { writeNew } from '../output/write-new.ts';
import { pluginFolder } from '../plugin-folder.ts';
import type { Shell } from '../shell.ts';
import { applyFixes } from './doctor-fix.ts';
import { accountsToExamine } from './doctor-targets.ts';

export interface DoctorFlags extends ConfiguredFlags {
  readonly fix?: boolean;
  readonly yes?: boolean;
  readonly watch?: boolean;
  /** True: wait for a message; a text: the open_id to send one to. */
  readonly live?: boolean | string;
  readonly report?: string;
}

/** For one exchange with the platform (ms); one that takes longer is as good as gone. */
const EXCHANGE_MS = 4_000;
const LIVE_TIMEOUT_MS = 90_000;
const WATCH_INTERVAL_MS = 5_000;

export async function doctorCommand(shell: Shell, flags: DoctorFlags): Promise<number> {
  if (flags.watch) return watch(shell, flags);
  const webhookAccounts = new Set<string>();
  let examined = await examineAll(shell, flags, webhookAccounts);
  const applied: string[] = [];
  const known = new Set<string>();
  // A fix can uncover a further fault, which the next examination finds and may fix.
  for (let isTried = flags.fix === true; isTried; ) {
    const result = await applyFixes(shell, examined, { isAllowed: flags.yes === true, known });
    applied.push(...result.applied);
    isTried = result.isTried;
    if (isTried) examined = await examineAll(shell, { ...flags, live: false }, webhookAccounts);
  }
  // With --fix: first the applied fixes, then the remaining results. Nothing is listed twice.
  if (known.size === 0) showAccounts(shell, examined);
  else {
    shell.human.write('\n');
    if (examined.accounts.some((account) => openChecks(account).length > 0)) {
      shell.human.write(`${shell.paint.bold(shell.say(doctorTexts.remains))}\n\n`);
    }
    showAccounts(shell, examined, 'open');
  }
  if (flags.report !== undefined) await writeReport(shell, examined, flags.report);
  if (shell.json) {
    const document = doctorDocument(shell, examined);
    shell.stdout.write(`${jsonText(flags.fix ? { ...document, mended: applied } : document)}\n`);
  } else showSummary(shell, examined);
  return doctorExitCode(shell, examined);
}

async function examineAll(
  shell: Shell,
  flags: DoctorFlags,
  webhookAccounts = new Set<string>(),
): Promise<Examined> {
  const startedAt = shell.now();
  const location = await configLocation(shell, flags);
  const ids = await accountsToExamine(shell, flags, location);
  const progress = progressLine(shell);
  const surroundings = {
    env: shell.env,
    home: shell.home,
    platform: process.platform,
    uid: process.getuid?.(),
    now: shell.now,
    log: shell.log,
    exchangeMs: EXCHANGE_MS,
    pluginFolder: await pluginFolder(),
    isGentle: flags.watch === true,
    webhookAccounts,
  };
  try {
    const accounts = await Promise.all(
      ids.map((accountId) =>
        examine({
          ...surroundings,
          location,
          accountId,
          host: flags.host,
          signal: shell.signal,
          onStart: progress.started,
          onResult: progress.ended,
          ...(flags.live && {
            live: {
              openId: typeof flags.live === 'string' ? flags.live : undefined,
              lang: shell.lang,
              patienceMs: LIVE_TIMEOUT_MS,
              ask: (request) => progress.say(shell.say(request)),
            },
          }),
        }),
      ),
    );
    return { accounts, ms: shell.now() - startedAt };
  } finally {
    progress.clear();
  }
}

/** Examines again until it is stopped; redraws only when a result has changed. */
async function watch(shell: Shell, flags: DoctorFlags): Promise<number> {
  let shown = '';
  for (;;) {
    const examined = await examineAll(shell, { ...flags, live: false });
    const document = doctorDocument(shell, examined);
    // Times differ in every run, so they do not count as a change.
    const state = JSON.stringify(
      document.accounts.map(({ id, checks }) => [
        id,
        checks.map((check) => [check.id, check.status]),
      ]),
    );
    if (state !== shown) {
      shown = state;
      if (shell.json) shell.stdout.write(`${jsonText(document)}\n`);
      else {
        if (shell.human.isTTY) shell.human.write('\u001B[2J\u001B[3J\u001B[H');
        showAccounts(shell, examined);
        showSummary(shell, examined);
      }
    }
    try {
      await delay(WATCH_INTERVAL_MS, undefined, { signal: shell.signal });
    } catch {
      // Stopped by the person: that is how watching ends.
      return isHealthy(examined) ? ExitCode.ok : ExitCode.findings;
    }
  }
}

async function writeReport(shell: Shell, examined: Examined, path: string): Promise<void> {
  const text = reportBundle({
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    home: shell.home,
    env: shell.env,
    accounts: examined.accounts,
  });
  try {
    await writeNew(path, text);
  } catch (error) {
    const reason = (error as Error).message;
    throw commandError('reportUnwritable', { path, reason }, { cause: error });
  }
  writeLine(shell, shell.say(localize(texts.reportWritten, { path })));
}
