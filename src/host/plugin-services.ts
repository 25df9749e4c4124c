/** Services that a host needs from higher rooms; src/index.ts passes them in, loaded lazily. */
import type { OnboardingContext } from './contract.ts';
import type { HostConfig } from './host-config.ts';

/** The result of examining the app: what works, what fails, and the advice for it. */
export interface ProbeResult {
  readonly ok: boolean;
  readonly error?: string;
  readonly elapsedMs: number;
  readonly bot?: { readonly username: string; readonly openId: string };
  readonly checks: readonly ProbeCheck[];
}

export interface ProbeCheck {
  readonly id: string;
  readonly status: 'ok' | 'warn' | 'fail' | 'not-checked' | 'skipped';
  readonly detail?: string;
  readonly fix?: string;
}

export interface PluginServices {
  /** Never rejects: a failure is part of the result. */
  probe(request: {
    readonly cfg: HostConfig;
    readonly accountId: string;
    readonly timeoutMs: number;
  }): Promise<ProbeResult>;
  /** The wizard in the host's own prompts; gives the changed config, which the host writes. */
  configure(
    context: OnboardingContext,
  ): Promise<{ readonly cfg: HostConfig; readonly accountId?: string }>;
  /** @param scans the scans under way, by account; they outlive a call */
  qrLogin(scans: Map<string, QrScan>): Promise<QrLogin>;
}

/** A scan under way. */
export interface QrScan {
  /** The link of the code. */
  readonly url: string;
  readonly stop: AbortController;
  /** What the person reads once the account is written. */
  readonly written: Promise<string>;
}

export interface QrStartResult {
  readonly qrDataUrl?: string;
  readonly message: string;
  readonly connected?: boolean;
}

export interface QrWaitResult {
  readonly connected: boolean;
  readonly message: string;
}

interface QrRequest {
  readonly accountId: string;
  readonly domain: string;
}

/** Scan to create, as hosts call it: `channels login` in a terminal, start and wait in their page. */
export interface QrLogin {
  login(request: QrRequest & { readonly print: (text: string) => void }): Promise<void>;
  start(
    request: QrRequest & { readonly force: boolean; readonly configuredAppId: string },
  ): Promise<QrStartResult>;
  /** @param request.timeoutMs how long to wait for the scan (ms) */
  wait(request: { readonly accountId: string; readonly timeoutMs: number }): Promise<QrWaitResult>;
}
