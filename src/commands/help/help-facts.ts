/** Examples and environment variables of each command, for `--help`. */
import { ExitCode } from '../../shared/errors.ts';
import type { Text } from '../../shared/text/text.ts';
import { helpTexts as texts } from './help-texts.ts';

export interface Example {
  /** As typed in a shell. */
  readonly line: string;
  readonly what: Text;
}

export interface Variable {
  readonly names: readonly string[];
  readonly what: Text;
}

export interface Exit {
  readonly code: ExitCode;
  readonly what: Text;
}

export interface HelpFacts {
  readonly examples: readonly Example[];
  readonly variables: readonly Variable[];
  readonly exits?: readonly Exit[];
}

const done: Exit = { code: ExitCode.ok, what: texts.exitOk };
const usage: Exit = { code: ExitCode.usage, what: texts.exitUsage };
const credentials: Exit = { code: ExitCode.credentialsRejected, what: texts.exitCredentials };
const unavailable: Exit = { code: ExitCode.unavailable, what: texts.exitUnavailable };
const unusable: Exit = { code: ExitCode.config, what: texts.exitConfig };
const notReady: Exit = { code: ExitCode.appNotReady, what: texts.exitNotReady };
const findings: Exit = { code: ExitCode.findings, what: texts.exitFindings };
const refused: Exit = { code: ExitCode.hostRefused, what: texts.exitHost };
const cancelled: Exit = { code: ExitCode.cancelled, what: texts.exitCancelled };
const stoppedAtOnce: Exit = { code: ExitCode.cancelled, what: texts.exitAtOnce };
const noAccount: Exit = { code: ExitCode.config, what: texts.exitNoAccount };

const secret: readonly Variable[] = [
  { names: ['FEISHU_APP_ID'], what: texts.varAppId },
  { names: ['FEISHU_APP_SECRET'], what: texts.varAppSecret },
];
const config: readonly Variable[] = [
  {
    names: ['MOLTBOT_CONFIG_PATH', 'CLAWDBOT_CONFIG_PATH', 'OPENCLAW_CONFIG_PATH'],
    what: texts.varConfig,
  },
  {
    names: ['MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR', 'OPENCLAW_STATE_DIR'],
    what: texts.varState,
  },
  { names: ['OPENCLAW_HOME'], what: texts.varOpenclawHome },
  { names: ['HOME'], what: texts.varHome },
];
const network: readonly Variable[] = [
  { names: ['HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'], what: texts.varProxy },
];
const prompts: readonly Variable[] = [
  { names: ['CI'], what: texts.varCi },
  { names: ['ACCESSIBLE'], what: texts.varAccessible },
];
const terminal: readonly Variable[] = [
  { names: ['LC_ALL', 'LC_MESSAGES', 'LANG'], what: texts.varLang },
  { names: ['NO_COLOR'], what: texts.varColor },
];

const setupExample = { line: 'moltbot-feishu setup', what: texts.setupGuided };
const doctorExample = { line: 'moltbot-feishu doctor', what: texts.doctorAll };
const runExample = { line: 'moltbot-feishu run', what: texts.runEcho };

/** By the name of the command; the program itself has none. */
export const helpFacts: Readonly<Record<string, HelpFacts>> = {
  'moltbot-feishu': {
    examples: [setupExample, doctorExample, runExample],
    variables: [...config.slice(0, 2), ...network, ...terminal],
  },
  setup: {
    examples: [
      setupExample,
      { line: 'moltbot-feishu setup --sandbox', what: texts.sandboxSetup },
      {
        line: 'moltbot-feishu setup --app-id cli_… --app-secret-stdin --yes --json < secret',
        what: texts.setupUnattended,
      },
      { line: 'moltbot-feishu setup --dry-run', what: texts.setupPlan },
    ],
    exits: [done, usage, credentials, unavailable, unusable, notReady, refused, cancelled],
    variables: [...secret, ...config, ...network, ...prompts, ...terminal],
  },
  doctor: {
    examples: [
      doctorExample,
      { line: 'moltbot-feishu doctor --fix', what: texts.doctorFix },
      { line: 'moltbot-feishu doctor --live', what: texts.doctorLive },
    ],
    exits: [done, findings, usage, noAccount, cancelled],
    variables: [...config, ...network, ...prompts.slice(0, 1), ...terminal],
  },
  run: {
    examples: [
      runExample,
      { line: "moltbot-feishu run --exec 'jq -r .text'", what: texts.runExec },
    ],
    exits: [done, usage, credentials, unusable, stoppedAtOnce],
    variables: [...config, ...network, ...terminal],
  },
  remove: {
    examples: [
      { line: 'moltbot-feishu remove --account work', what: texts.removeAccount },
      { line: 'moltbot-feishu remove --all --dry-run', what: texts.removePlan },
    ],
    exits: [done, usage, unusable, refused, cancelled],
    variables: [...config, ...prompts, ...terminal],
  },
  sandbox: {
    examples: [
      { line: 'moltbot-feishu sandbox --port 8080', what: texts.sandboxPort },
      { line: 'moltbot-feishu setup --sandbox', what: texts.sandboxSetup },
    ],
    variables: terminal,
  },
  completion: {
    examples: [
      { line: 'source <(moltbot-feishu completion bash)', what: texts.completionNow },
      {
        line: "echo 'source <(moltbot-feishu completion zsh)' >> ~/.zshrc",
        what: texts.completionZsh,
      },
      {
        line: 'moltbot-feishu completion fish > ~/.config/fish/completions/moltbot-feishu.fish',
        what: texts.completionFish,
      },
    ],
    variables: terminal,
  },
};
