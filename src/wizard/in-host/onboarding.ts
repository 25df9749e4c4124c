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
import { isDeepStrictEqual } from 'node:util';
import { secretFilePath } from '../../config/account/app-secret.ts';
import { readConfig } from '../../config/read.ts';
import { describeError, hostSay, type Say } from '../../host/account/host-language.ts';
import type { OnboardingContext } from '../../host/contract.ts';
import type { HostConfig } from '../../host/host-config.ts';
import { homeOf, hostConfigLocation, runningHost } from '../../host/section/config-location.ts';
import { hostAccount, rawSection } from '../../host/section/section.ts';
import { withSection } from '../../host/section/section-changes.ts';
import { runProgram } from '../../host/setup/command-line.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { type Fields, isFields } from '../../shared/fields.ts';
import { silentLogger } from '../../shared/log.ts';
import { visible } from '../../shared/terminal/visible.ts';
import { languageOfLocale, verbatim } from '../../shared/text/text.ts';
import { refuseAccountId } from '../conversation/questions.ts';
import type { SavedRun, SetupProgress } from '../progress.ts';
import { runSetup } from '../setup.ts';
import { type HostTerminal, hostConversation, OwnWizard } from './host-conversation.ts';
import { onboardingTexts as ownTexts } from './onboarding-texts.ts';

export async function configureInHost(
  context: OnboardingContext,
): Promise<{ readonly cfg: HostConfig; readonly accountId?: string }> {
  const { cfg, prompter, accountOverrides } = context;
  const { FEISHU_APP_ID: _id, FEISHU_APP_SECRET: _secret, ...env } = process.env;
  const host = runningHost(process.argv[1]);
  const say = hostSay(env, process.argv[1]);
  // A host may be left at any prompt: its own signals end the process, this one stays quiet.
  const { signal } = new AbortController();
  const conversation = hostConversation({
    prompter,
    say,
    signal,
    terminal: hostTerminal(),
    hidesSecrets: host === 'openclaw',
    home: homeOf(env),
  });
  const account = accountOverrides?.feishu?.trim() || (await askAccount(context, say));
  const folder = await mkdtemp(join(tmpdir(), 'moltbot-feishu-'));
  const config = join(folder, 'config.json');
  const section = withAbsoluteFiles(rawSection(cfg));
  const kept = keptInMemory();
  let named: string | undefined;
  try {
    await writeFile(config, JSON.stringify({ channels: { feishu: section } }), { mode: 0o600 });
    try {
      const outcome = await runSetup({
        flags: { config, verify: true, start: false, dryRun: false, ...(account && { account }) },
        conversation,
        env,
        home: homeOf(env),
        lang: languageOfLocale(env) ?? 'en',
        stdin: Readable.from([]),
        signal,
        platform: process.platform,
        now: Date.now,
        log: silentLogger,
        onStep: () => undefined,
        writesCopy: true,
        progress: kept,
      });
      named = outcome?.account;
    } catch (error) {
      // An error of the host itself means that the person leaves its whole wizard.
      if (error instanceof OwnWizard) {
        const within = { host: host ?? 'moltbot', entry: 'wizard' } as const;
        await runProgram(
          ownWizardWords({ config, account, section, kept: kept.latest }),
          within,
          env,
        );
      } else if (isMoltbotFeishuError(error)) {
        if (!conversation.hasShown(error)) conversation.tell(verbatim(describeError(error, say)));
      } else throw error;
    }
    const changed = await sectionIn(config, folder, env);
    const isChanged = !isDeepStrictEqual(changed, section);
    if (!isChanged && named === undefined) conversation.tell(ownTexts.unchanged);
    await conversation.flush();
    const result = isChanged ? withSection(cfg, changed) : cfg;
    const accountId = named ?? account ?? 'default';
    return hostAccount(result, accountId).configured ? { cfg: result, accountId } : { cfg: result };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The section as our wizard left it in its copy. */
async function sectionIn(config: string, folder: string, env: NodeJS.ProcessEnv): Promise<Fields> {
  const { merged } = await readConfig(
    { path: config, because: verbatim(config), exists: true, stateDir: folder },
    { env, missingVariables: 'ignore' },
  );
  const channels = isFields(merged) ? merged.channels : undefined;
  return isFields(channels) && isFields(channels.feishu) ? channels.feishu : {};
}

/** Our own program on the same copy; an App ID that was answered already is not asked again. */
function ownWizardWords(known: {
  readonly config: string;
  readonly account: string | undefined;
  readonly section: Fields;
  readonly kept: SavedRun | undefined;
}): readonly string[] {
  const { config, account, section, kept } = known;
  const existing = hostAccount({ channels: { feishu: section } }, account);
  // The same app again: its secret is to be replaced, which our wizard asks about by itself.
  const appId = kept?.appId === existing.appId && existing.configured ? undefined : kept?.appId;
  return [
    ...['setup', '--host', 'none', '--config', config, '--no-start'],
    ...(account === undefined ? [] : ['--account', account]),
    ...(appId === undefined ? [] : ['--app-id', appId]),
  ];
}

/** The progress of the steps, for our own wizard to resume; kept in this process only. */
function keptInMemory(): SetupProgress & { readonly latest: SavedRun | undefined } {
  let latest: SavedRun | undefined;
  return {
    isKept: true,
    lang: undefined,
    saveLang: () => undefined,
    of: () => undefined,
    lastRun: () => undefined,
    save: (_config, _account, run) => {
      latest = run;
    },
    clear: () => {
      latest = undefined;
    },
    get latest() {
      return latest;
    },
  };
}

/** The terminal of the host's prompts, if they are drawn on one. */
function hostTerminal(): HostTerminal | undefined {
  const { stdin, stdout, env, argv } = process;
  // A gateway leads through its wizard in an app or a page: the person does not see its terminal.
  if (!stdin.isTTY || !stdout.isTTY || argv.includes('gateway')) return undefined;
  return {
    columns: stdout.columns || 80,
    rows: stdout.rows || 24,
    color: !env.NO_COLOR && env.TERM !== 'dumb',
    write: (text) => void stdout.write(text),
  };
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
async function askAccount(
  { cfg, prompter, shouldPromptAccountIds }: OnboardingContext,
  say: Say,
): Promise<string | undefined> {
  const { accounts } = rawSection(cfg);
  const known = isFields(accounts) ? Object.keys(accounts) : [];
  if (!shouldPromptAccountIds || known.length === 0) return undefined;
  const NEW = '\u0000new';
  const chosen = await prompter.select({
    message: say(ownTexts.askAccount),
    options: [
      ...['default', ...known.filter((id) => id !== 'default')].map((id) => ({
        value: id,
        label: visible(id),
      })),
      { value: NEW, label: say(ownTexts.newAccount) },
    ],
  });
  if (chosen !== NEW) return chosen;
  const validate = (id: string): string | undefined => {
    const problem = refuseAccountId((id ?? '').trim());
    return problem && say(problem);
  };
  return (await prompter.text({ message: say(ownTexts.askAccountId), validate })).trim();
}
