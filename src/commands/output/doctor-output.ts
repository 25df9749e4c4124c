/** The doctor's results, as text and as the JSON contract defines them. */
import type { CheckResult, CheckStatus } from '../../doctor/check.ts';
import { checkName } from '../../doctor/check-names.ts';
import { doctorTexts as texts } from '../../doctor/doctor-texts.ts';
import type { AccountReport } from '../../doctor/examine.ts';
import { blockingResult, firstProblem } from '../../doctor/verdict.ts';
import { ExitCode } from '../../shared/errors.ts';
import { fitted } from '../../shared/layout/fitted.ts';
import { visible } from '../../shared/terminal/visible.ts';
import {
  asLocalized,
  type LocalizedText,
  localize,
  type Text,
  verbatim,
} from '../../shared/text/text.ts';
import type { Shell } from '../shell.ts';
import type { DoctorDocument } from './documents.ts';
import { writeLine } from './people-line.ts';
import { checkDocument, marked, markedLine } from './step-document.ts';

export interface Examined {
  readonly accounts: readonly AccountReport[];
  /** How long it took (ms). */
  readonly ms: number;
}

export function isHealthy({ accounts }: Examined): boolean {
  return accounts.every(({ checks }) => blockingResult(checks) === undefined);
}

/** 130 where the person stopped it: what was not looked at may fail. */
export function doctorExitCode({ signal }: Shell, examined: Examined): ExitCode {
  if (signal.aborted) return ExitCode.cancelled;
  return isHealthy(examined) ? ExitCode.ok : ExitCode.findings;
}

export function doctorDocument(shell: Shell, examined: Examined): DoctorDocument {
  const accounts = examined.accounts.map(({ id, checks }) => ({
    id,
    checks: checks.map((check) => checkDocument(shell, check)),
  }));
  const broken = firstOf(examined);
  return {
    ok: doctorExitCode(shell, examined) === ExitCode.ok,
    ...(broken && {
      first: { account: broken.account.id, ...checkDocument(shell, broken.check) },
    }),
    accounts,
    summary: summaryOf(examined),
  };
}

function summaryOf({ accounts }: Examined) {
  const all = accounts.flatMap(({ checks }) => checks);
  const count = (status: CheckStatus) => all.filter((check) => check.status === status).length;
  return {
    ok: count('ok'),
    warn: count('warn'),
    fail: count('fail'),
    notChecked: count('not-checked'),
    skipped: count('skipped'),
  };
}

/** The account with the worst news: one that fails before one that only warns. */
function firstOf({
  accounts,
}: Examined): { readonly account: AccountReport; readonly check: CheckResult } | undefined {
  const found = accounts.flatMap((account) => {
    const check = firstProblem(account.checks);
    return check ? [{ account, check }] : [];
  });
  return found.find(({ check }) => check.status !== 'warn') ?? found[0];
}

/** What is not well. A check that was skipped belongs to it where another one failed. */
export function openChecks({ checks }: Pick<AccountReport, 'checks'>): readonly CheckResult[] {
  const hasFailed = checks.some(({ status }) => status === 'fail');
  return checks.filter(({ status }) => status !== 'ok' && (hasFailed || status !== 'skipped'));
}

/** @param which `open`: only what is not well */
export function showAccounts(
  shell: Shell,
  { accounts }: Examined,
  which: 'all' | 'open' = 'all',
): void {
  for (const account of accounts) {
    const { id, appId, botName, checks } = account;
    const shown = which === 'all' ? checks : openChecks(account);
    if (shown.length === 0) continue;
    const params = { account: id, appId: shorten(appId) || '–', bot: botName ?? '' };
    const heading = botName === undefined ? texts.heading : texts.headingBot;
    writeBold(shell, shell.say(localize(heading, params)));
    shell.human.write('\n');
    const finding = onlyFinding(account);
    const groups = finding ? [[finding]] : grouped(shown, shell);
    for (const group of groups) {
      const [check] = group;
      if (check) shell.human.write(`${groupLine(shell, check, group.length)}\n`);
    }
    shell.human.write('\n');
  }
}

/**
 * Before any setup: the first check that was made says what is missing, and nothing else needs saying.
 * `undefined` where there is more than that.
 */
function onlyFinding({ checks }: AccountReport): CheckResult | undefined {
  const [first, ...others] = checks.filter(({ status }) => status !== 'skipped');
  const isAlone = first?.status === 'fail' && others.every(({ status }) => status === 'ok');
  return isAlone && checks.length > others.length + 1 ? first : undefined;
}

function groupLine(shell: Shell, check: CheckResult, count: number): string {
  const { paint, human, say } = shell;
  if (count === 1) return markedLine(shell, human, check);
  const reason = asLocalized(check.detail ?? verbatim(''));
  return marked(paint, human, 'skipped', say(localize(texts.skippedSeveral, { count, reason })));
}

/** Sums up the checks skipped for one reason in one line; lists every other check by itself. */
function grouped(checks: readonly CheckResult[], { say }: Shell): readonly CheckResult[][] {
  const reason = ({ status, detail }: CheckResult) =>
    status === 'skipped' && detail ? say(detail) : undefined;
  const groups: CheckResult[][] = [];
  for (const check of checks) {
    const why = reason(check);
    const same = groups.find(([first]) => why !== undefined && first && reason(first) === why);
    if (same) same.push(check);
    else groups.push([check]);
  }
  return groups;
}

const shorten = (appId: string) => appId.replace(/^(cli_.{4}).+(.{4})$/, '$1…$2');

export function showSummary(shell: Shell, examined: Examined): void {
  const { say, human, paint } = shell;
  const { warn, fail, notChecked } = summaryOf(examined);
  const broken = firstOf(examined);
  if (broken && !examined.accounts.every(onlyFinding)) {
    const { check } = broken;
    const text = check.status === 'fail' ? texts.firstProblem : texts.firstWarning;
    const detail = firstLine(say(check.detail ?? verbatim('')));
    writeBold(shell, say(localize(text, { id: checkName(check.id), detail })));
    if (check.advice) {
      const advice = say(localize(texts.advice, { fix: asLocalized(check.advice) }));
      human.write(`${fitted(human, advice)}\n`);
      if (check.url && !say(check.advice).includes(check.url))
        human.write(`${visible(check.url)}\n`);
    }
    human.write('\n');
  }
  const counts = [
    ...counted(fail, texts.problem, texts.problems),
    ...counted(warn, texts.warning, texts.warnings),
    ...counted(notChecked, texts.unchecked, texts.unchecked),
  ].map(say);
  const separator = shell.lang === 'zh' ? '，' : ', ';
  const said = fail + warn > 0 ? counts : [say(texts.allWell), ...counts];
  const ending = say(
    localize(texts.ending, {
      code: doctorExitCode(shell, examined),
      seconds: (examined.ms / 1000).toFixed(1),
    }),
  );
  writeLine(shell, `${said.join(separator)}${paint.dim(`   ${ending}`)}`);
}

function writeBold({ human, paint }: Shell, text: string): void {
  // Each line has its own colour: a pager shows them one by one.
  human.write(`${fitted(human, text).split('\n').map(paint.bold).join('\n')}\n`);
}

function counted(count: number, one: Text, many: Text): readonly LocalizedText[] {
  if (count === 0) return [];
  return [localize(count === 1 ? one : many, { count })];
}

const firstLine = (text: string) => text.split('\n')[0] ?? '';
