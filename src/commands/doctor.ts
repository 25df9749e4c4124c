/** `doctor`: the checks of each configured account, as text or as one JSON document. */

import type { ResolvedAccount } from '../config/accounts.ts';
import { appChecks } from '../doctor/app-checks.ts';
import { type CheckResult, type CheckStatus, runChecks } from '../doctor/check.ts';
import { checkLine } from '../doctor/check-line.ts';
import { configChecks } from '../doctor/config-checks.ts';
import { doctorTexts } from '../doctor/texts.ts';
import { createPlatformClient } from '../platform/client.ts';
import { ExitCode } from '../shared/errors.ts';
import type { Secret } from '../shared/secret.ts';
import { message } from '../shared/text.ts';
import { type ConfiguredFlags, configuredAccounts } from './configured.ts';
import type { Shell } from './shell.ts';
import { checkDocument, mark } from './step-document.ts';

export async function doctorCommand(shell: Shell, flags: ConfiguredFlags): Promise<number> {
  const configured = await configuredAccounts(shell, flags);
  const reports: { readonly id: string; readonly checks: readonly CheckResult[] }[] = [];
  for (const account of configured.accounts) {
    shell.human.write(
      `${shell.paint.bold(shell.say(message(doctorTexts.heading, { account: account.id, appId: account.appId || '–' })))}\n\n`,
    );
    reports.push({ id: account.id, checks: await examine(shell, configured, account) });
    shell.human.write('\n');
  }
  const results = reports.flatMap((report) => report.checks);
  const count = (status: CheckStatus) =>
    results.filter((result) => result.status === status).length;
  const summary = {
    ok: count('ok'),
    warn: count('warn'),
    fail: count('fail'),
    notChecked: count('not-checked'),
    skipped: count('skipped'),
  };
  const well = summary.fail === 0;
  if (shell.json) {
    const accounts = reports.map(({ id, checks }) => ({
      id,
      checks: checks.map((check) => checkDocument(shell, check)),
    }));
    shell.stdout.write(`${JSON.stringify({ ok: well, accounts, summary })}\n`);
  } else {
    const { fail, warn, notChecked } = summary;
    shell.stdout.write(`${shell.say(message(doctorTexts.summary, { fail, warn, notChecked }))}\n`);
  }
  return well ? ExitCode.ok : ExitCode.findings;
}

async function examine(
  shell: Shell,
  { location, document }: Awaited<ReturnType<typeof configuredAccounts>>,
  account: ResolvedAccount,
): Promise<readonly CheckResult[]> {
  let appSecret: Secret | undefined;
  const options = {
    signal: shell.signal,
    now: shell.now,
    onResult: (result: CheckResult) => {
      shell.human.write(`${mark(shell.paint, result.status)} ${checkLine(result, shell.say)}\n`);
    },
  };
  const local = await runChecks(
    configChecks,
    {
      location,
      document,
      account,
      home: shell.home,
      platform: process.platform,
      onSecret: (secret) => {
        appSecret = secret;
      },
    },
    options,
  );
  if (!appSecret || !account.appId) {
    const needed = message(doctorTexts.needsFailed, { needed: 'secret' });
    const skipped = appChecks.map(
      ({ id }): CheckResult => ({ id, ms: 0, status: 'skipped', detail: needed }),
    );
    for (const result of skipped) options.onResult(result);
    return [...local, ...skipped];
  }
  const client = createPlatformClient({
    appId: account.appId,
    appSecret,
    domain: account.domain,
    env: shell.env,
    log: shell.log,
    now: shell.now,
  });
  return [
    ...local,
    ...(await runChecks(appChecks, { client, env: shell.env, now: shell.now }, options)),
  ];
}
