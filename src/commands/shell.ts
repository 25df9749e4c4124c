/**
 * The process as a command sees it: streams, environment, clock, language, and who is watching.
 *
 * In: `process` and the global flags. Out: one value that every command gets, so that none reaches
 * for `process` itself. Prompts are allowed only where {@link Shell.interactive} says so.
 */
import {
  type ConfigChoice,
  type HostProcess,
  hostOfProcess,
  rewriteCommands,
  rewriteForConfig,
} from '../host/machine/installed/command-names.ts';
import { homeDirectory } from '../shared/home.ts';
import { createLineLogger, type Logger } from '../shared/log.ts';
import { createColors, type Kleur } from '../shared/terminal/color.ts';
import {
  type Lang,
  type LocalizedText,
  languageOfLocale,
  render,
  type Text,
} from '../shared/text/text.ts';

export interface GlobalFlags extends ConfigChoice {
  readonly lang?: Lang;
  readonly json?: boolean;
  readonly verbose?: boolean;
  /** commander's negatable `--no-color`: true unless given. */
  readonly color?: boolean;
  /** commander's negatable `--no-input`: true unless given. */
  readonly input?: boolean;
  readonly yes?: boolean;
  /** Neither a flag nor the locale names the language. */
  readonly isLangGuessed?: boolean;
}

export interface Shell {
  readonly env: NodeJS.ProcessEnv;
  /** Throws `home-invalid`. */
  readonly home: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly lang: Lang;
  /** Neither a flag nor the locale names it: a person may be asked. */
  readonly isLangGuessed: boolean;
  readonly color: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
  /** A person can be asked: stdin is a terminal and nothing forbids prompts. */
  readonly interactive: boolean;
  /** Where text for people goes: stdout, or stderr when stdout carries JSON. */
  readonly human: NodeJS.WriteStream;
  readonly paint: Kleur;
  readonly log: Logger;
  /** The host that started this program, if one did: commands are named as it has them. */
  readonly within: HostProcess | undefined;
  /** The config that the flags name, for the commands in texts. */
  readonly choice: ConfigChoice;
  say(text: LocalizedText | Text): string;
}

export function createShell(flags: GlobalFlags, signal: AbortSignal): Shell {
  const { env, stdin, stdout, stderr } = process;
  const lang = flags.lang ?? languageOfLocale(env) ?? 'en';
  const within = hostOfProcess(env);
  const choice = { config: flags.config, host: flags.host };
  const json = flags.json === true;
  const human = json ? stderr : stdout;
  const color =
    flags.color !== false && !env.NO_COLOR && human.isTTY === true && env.TERM !== 'dumb';
  return {
    env,
    get home() {
      // Asked for where files are, so that a wrong HOME is an error of the command like any other.
      return homeDirectory(env);
    },
    stdin,
    stdout,
    stderr,
    now: Date.now,
    signal,
    lang,
    isLangGuessed: flags.isLangGuessed === true,
    color,
    json,
    verbose: flags.verbose === true,
    interactive:
      stdin.isTTY === true &&
      human.isTTY === true &&
      !json &&
      flags.yes !== true &&
      flags.input !== false &&
      env.CI !== 'true',
    human,
    paint: createColors(color),
    log: createLineLogger({
      write: (line) => stderr.write(line),
      level: flags.verbose ? 'debug' : 'warn',
      now: Date.now,
    }),
    within,
    choice,
    say: sayIn(lang, within, choice),
  };
}

/** How texts are written: in a language, and with commands as they are run here, for this config. */
export function sayIn(
  lang: Lang,
  within: HostProcess | undefined,
  choice: ConfigChoice,
): Shell['say'] {
  return (text) => {
    const said = render(text, lang);
    return within ? rewriteCommands(within.host, said) : rewriteForConfig(choice, said);
  };
}
