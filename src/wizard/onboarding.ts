/**
 * The wizard inside a host: its steps on the host's own prompts, the changed config back to the host.
 *
 * A host writes its config itself and as a whole. So the wizard works on a copy of our section in a
 * private folder that is gone afterwards, and what it wrote there is handed to the host.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { secretFilePath } from '../config/app-secret.ts';
import { readConfig } from '../config/read.ts';
import { configTexts } from '../config/texts.ts';
import { homeOf, hostConfigLocation } from '../host/config-location.ts';
import type { HostConfig, OnboardingContext } from '../host/contract.ts';
import { type Fields, isFields, rawSection } from '../host/section.ts';
import { withSection } from '../host/section-changes.ts';
import { silentLogger } from '../shared/log.ts';
import { languageOfLocale, render, type Text, verbatim } from '../shared/text.ts';
import { visible } from '../shared/visible.ts';
import { hostConversation } from './host-conversation.ts';
import { onboardingTexts as ownTexts } from './onboarding-texts.ts';
import { refuseAccountId } from './questions.ts';
import { setUp } from './setup.ts';
import { wizardTexts as texts } from './texts.ts';

/** About the copy; the host says where it writes, and when. */
const unsaid: readonly Text[] = [
  configTexts.usesConfig,
  texts.planned,
  texts.askWrite,
  texts.wrote,
  texts.wroteBackup,
  texts.nothingToWrite,
];

export async function configureInHost(
  context: OnboardingContext,
): Promise<{ readonly cfg: HostConfig; readonly accountId?: string }> {
  const { cfg, prompter, accountOverrides } = context;
  const { FEISHU_APP_ID: _id, FEISHU_APP_SECRET: _secret, ...env } = process.env;
  const lang = languageOfLocale(env) ?? 'en';
  // A host may be left at any prompt: its own signals end the process, this one stays quiet.
  const { signal } = new AbortController();
  const conversation = hostConversation({
    prompter,
    lang,
    signal,
    isUnsaid: (text) => unsaid.includes(text),
  });
  const account = accountOverrides?.feishu?.trim() || (await askAccount(context));
  const folder = await mkdtemp(join(tmpdir(), 'moltbot-feishu-'));
  const config = join(folder, 'config.json');
  try {
    const section = withAbsoluteFiles(rawSection(cfg));
    await writeFile(config, JSON.stringify({ channels: { feishu: section } }), { mode: 0o600 });
    const outcome = await setUp({
      flags: { config, verify: true, start: false, dryRun: false, ...(account && { account }) },
      conversation,
      env,
      home: homeOf(env),
      lang,
      stdin: Readable.from([]),
      signal,
      platform: process.platform,
      now: Date.now,
      log: silentLogger,
      onStep: () => undefined,
      asksPolicy: true,
    });
    await conversation.flush();
    const written = await readConfig(
      { path: config, because: verbatim(config), exists: true, stateDir: folder },
      { env, missingVariables: 'ignore' },
    );
    const channels = isFields(written.merged) ? written.merged.channels : undefined;
    const changed = isFields(channels) && isFields(channels.feishu) ? channels.feishu : section;
    return { cfg: withSection(cfg, changed), accountId: outcome?.account ?? account ?? 'default' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Relative to the host's config, not to the copy. */
function withAbsoluteFiles(section: Fields): Fields {
  const { env } = process;
  const location = hostConfigLocation(env, process.argv[1]);
  const absolute = (fields: Fields): Fields =>
    typeof fields.appSecretFile === 'string' && fields.appSecretFile !== ''
      ? { ...fields, appSecretFile: secretFilePath(fields.appSecretFile, location, homeOf(env)) }
      : fields;
  const { accounts } = section;
  if (!isFields(accounts)) return absolute(section);
  const entries = Object.entries(accounts).map(([id, account]): [string, unknown] => [
    id,
    isFields(account) ? absolute(account) : account,
  ]);
  return { ...absolute(section), accounts: Object.fromEntries(entries) };
}

/** Where the host asks for account ids, which one; `undefined` where there is nothing to choose. */
async function askAccount({
  cfg,
  prompter,
  shouldPromptAccountIds,
}: OnboardingContext): Promise<string | undefined> {
  const { accounts } = rawSection(cfg);
  const known = isFields(accounts) ? Object.keys(accounts) : [];
  if (!shouldPromptAccountIds || known.length === 0) return undefined;
  const lang = languageOfLocale(process.env) ?? 'en';
  const NEW = '\u0000new';
  const chosen = await prompter.select({
    message: render(ownTexts.askAccount, lang),
    options: [
      ...['default', ...known.filter((id) => id !== 'default')].map((id) => ({
        value: id,
        label: visible(id),
      })),
      { value: NEW, label: render(ownTexts.newAccount, lang) },
    ],
  });
  if (chosen !== NEW) return chosen;
  const validate = (id: string): string | undefined => {
    const problem = refuseAccountId((id ?? '').trim());
    return problem && render(problem, lang);
  };
  return (await prompter.text({ message: render(ownTexts.askAccountId, lang), validate })).trim();
}
