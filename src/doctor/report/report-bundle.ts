/**
 * The report for a public issue: versions, checks, and the public part of the config.
 *
 * The report shows only known values of known config keys, and removes every other config value
 * from all texts, however harmless it looks. It shortens ids and contains no message text.
 */
import type { ConfigDocument } from '../../config/read.ts';
import { MASK, Secret, scrub } from '../../shared/secret.ts';
import { type LocalizedText, render, type Text } from '../../shared/text/text.ts';
import type { CheckResult } from '../check.ts';
import { foreignWords, publicSection, shortenIds } from './public-config.ts';

export interface ReportInput {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly accounts: readonly {
    readonly id: string;
    readonly botName: string | undefined;
    readonly checks: readonly CheckResult[];
    readonly document: ConfigDocument | undefined;
    readonly secret: Secret | undefined;
  }[];
}

/** Checks whose detail repeats what others wrote: a log line may hold anything. */
const quoting = new Set(['host-log', 'channel', 'agent']);

/** Markdown, in English: that is what maintainers read. */
export function reportBundle(input: ReportInput): string {
  const { version, node, platform, accounts } = input;
  const clean = cleaner(input);
  const document = accounts.find((account) => account.document)?.document;
  const parts = accounts.map(({ checks }, index) => {
    const rows = checks.map((check) => {
      const [detail, advice] = wordsOf(check);
      return `| ${check.id} | ${check.status} | ${cell(clean(detail))} | ${cell(clean(advice))} |`;
    });
    return [
      `### Account ${index + 1}`,
      '',
      '| check | status | detail | fix |',
      '|---|---|---|---|',
      ...rows,
    ].join('\n');
  });
  const config = JSON.stringify(publicSection(document), undefined, 2);
  return [
    '## moltbot-feishu doctor',
    '',
    `moltbot-feishu ${version} · Node ${node} · ${platform}`,
    '',
    ...parts,
    '',
    '### channels.feishu (sanitized)',
    '',
    '```json',
    config,
    '```',
    '',
  ].join('\n');
}

/** The text of a check; only the kind of fault where the text may repeat a piece of the config. */
function wordsOf(check: CheckResult): readonly [string, string] {
  const { error, detail, advice } = check;
  if (quoting.has(check.id)) return [detail ? '(not repeated here)' : '', ''];
  if (error?.code.startsWith('config-')) {
    const { line, column } = error.details;
    const place = typeof line === 'number' ? ` (line ${line}, column ${Number(column)})` : '';
    return [`${error.code}${place}`, ''];
  }
  return [inEnglish(detail), inEnglish(advice)];
}

const inEnglish = (text: LocalizedText | Text | undefined) => (text ? render(text, 'en') : '');

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');

function cleaner({ accounts, home, env }: ReportInput): (text: string) => string {
  const secrets = accounts.flatMap(({ secret }) => secret ?? []);
  const words = new Set(
    accounts.flatMap(({ document, botName, id }) => [
      ...(document ? foreignWords(document) : []),
      ...(botName ? [botName] : []),
      ...(id === 'default' ? [] : [id]),
    ]),
  );
  // The longest first: a part of another would leave the rest of it standing.
  const hidden = [...words].sort((a, b) => b.length - a.length).map((word) => new Secret(word));
  const hosts = proxyHosts(env);
  return (text) => {
    let cleaned = scrub(text, secrets);
    if (home.length > 1) cleaned = cleaned.replaceAll(home, '~');
    cleaned = scrub(cleaned, hidden);
    for (const host of hosts) cleaned = cleaned.replaceAll(host, MASK);
    return shortenIds(cleaned);
  };
}

function proxyHosts(env: ReportInput['env']): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (!/^(?:https?|all)_proxy$/i.test(name) || !value) return [];
    const url = /:\/\//.test(value) ? value : `http://${value}`;
    return URL.canParse(url) ? [new URL(url).host] : [value];
  });
}
