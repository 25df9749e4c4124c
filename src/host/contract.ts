/**
 * The contract with a host, limited to the parts in use here; imports nothing from a host.
 *
 * Read from clawdbot@2026.1.24-3 (`dist/plugins`, `dist/channels/plugins`) and openclaw@2026.9.6
 * (`dist/plugin-sdk`). Moltbot 2026.1.29 is the former under its later name.
 */
import type { HostConfig } from './host-config.ts';
import type { HostRuntime } from './runtime-contract.ts';

/** Written to the host's file beside the message; `consoleMessage` goes to the console in place of both. */
type LogFields = Readonly<Record<string, unknown>>;

export interface HostLog {
  debug?(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** An account's live state; the host merges patches and shows them in `channels status`. */
export interface AccountSnapshot {
  readonly accountId: string;
  readonly [field: string]: unknown;
}

/** An account in the host's lists. Never holds a secret, since the host prints it. */
export interface HostAccount {
  readonly accountId: string;
  readonly name?: string;
  readonly enabled: boolean;
  /** The account has an App ID and a source for its secret. */
  readonly configured: boolean;
  readonly appId: string;
  readonly domain: string;
  readonly dmPolicy: string;
  readonly allowFrom: readonly string[];
  readonly groupPolicy: string;
  readonly groupSenderAllowFrom: readonly string[];
  readonly requireMention: boolean;
  readonly secretSource: 'config' | 'file' | 'none';
}

export interface GatewayContext {
  readonly cfg: HostConfig;
  readonly accountId: string;
  readonly account: HostAccount;
  readonly abortSignal: AbortSignal;
  readonly log?: HostLog;
  getStatus(): AccountSnapshot;
  setStatus(patch: AccountSnapshot): void;
}

/** A person's dialogue with the host's own wizard. It throws when the person leaves. */
export interface HostPrompter {
  intro?(title: string): Promise<void>;
  outro?(message: string): Promise<void>;
  note(message: string, title?: string): Promise<void>;
  select<T>(ask: {
    readonly message: string;
    readonly options: readonly {
      readonly value: T;
      readonly label: string;
      readonly hint?: string;
    }[];
    readonly initialValue?: T;
  }): Promise<T>;
  text(ask: {
    readonly message: string;
    readonly initialValue?: string;
    readonly placeholder?: string;
    /** OpenClaw hides what is typed; older hosts show it. */
    readonly sensitive?: boolean;
    readonly validate?: (value: string) => string | undefined;
  }): Promise<string>;
  confirm(ask: { readonly message: string; readonly initialValue?: boolean }): Promise<boolean>;
  progress(label: string): { update(message: string): void; stop(message?: string): void };
}

export interface OnboardingContext {
  readonly cfg: HostConfig;
  readonly prompter: HostPrompter;
  readonly accountOverrides?: Readonly<Record<string, string | undefined>>;
  readonly shouldPromptAccountIds?: boolean;
  readonly forceAllowFrom?: boolean;
}

/** The input of `channels add`, which has no flag for an App ID. */
export interface SetupInput {
  readonly name?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly botToken?: string;
  readonly appToken?: string;
  readonly url?: string;
  readonly httpUrl?: string;
  readonly userId?: string;
  readonly code?: string;
  readonly useEnv?: boolean;
  readonly [field: string]: unknown;
}

/** The part of a commander program that is used; the host's own instance, of whatever version. */
export interface CommandLine {
  readonly commands: readonly CommandLine[];
  readonly args: readonly string[];
  name(): string;
  command(name: string): CommandLine;
  description(text: string): CommandLine;
  helpOption(flags: false): CommandLine;
  allowUnknownOption(): CommandLine;
  allowExcessArguments(): CommandLine;
  action(run: (...args: unknown[]) => Promise<void> | void): CommandLine;
  hook(
    event: 'preAction',
    listener: (program: CommandLine, action: CommandLine) => Promise<void> | void,
  ): CommandLine;
  opts(): Record<string, unknown>;
  setOptionValue(key: string, value: unknown): unknown;
}

export interface PluginApi {
  readonly runtime: HostRuntime;
  readonly config?: HostConfig;
  readonly logger?: HostLog;
  registerChannel(registration: { readonly plugin: unknown }): void;
  registerCli?(
    register: (context: { readonly program: CommandLine }) => void,
    options: {
      readonly commands: readonly string[];
      readonly descriptors: readonly {
        readonly name: string;
        readonly description: string;
        readonly hasSubcommands: boolean;
      }[];
    },
  ): void;
}
