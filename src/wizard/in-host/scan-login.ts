/**
 * A host's login by QR code: a scan creates the app, and its credentials are written to the config.
 *
 * In: an account. Out: a code to scan, and, when it is scanned, a written account that the host's
 * gateway takes up by itself. The person who scanned is let in.
 */
import { applyConfigChange } from '../../config/change/change.ts';
import type { ConfigDocument } from '../../config/read.ts';
import { describeError, hostSay } from '../../host/account/host-language.ts';
import type { QrLogin, QrScan, QrStartResult, QrWaitResult } from '../../host/plugin-services.ts';
import { hostConfigLocation } from '../../host/section/config-location.ts';
import { type RegisteredApp, registerApp } from '../../platform/registration/registration.ts';
import { addonsOfManifest } from '../../platform/registration/registration-page.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { localize, type Text } from '../../shared/text/text.ts';
import { accountEdits } from '../account-edits.ts';
import { qrPng } from '../link/qr-code.ts';
import { fittingCode } from '../link/scan-panel.ts';
import { onboardingTexts as texts } from './onboarding-texts.ts';

type Scans = Map<string, QrScan>;

const say = (text: Text, params: Readonly<Record<string, string>> = {}): string =>
  hostSay(process.env, process.argv[1])(localize(text, params));

/** Begins a scan; one that is under way for the account ends. */
async function begin(scans: Scans, accountId: string, domain: string): Promise<QrScan> {
  scans.get(accountId)?.stop.abort();
  const stop = new AbortController();
  const { env } = process;
  return new Promise((resolve, reject) => {
    const registered = registerApp(
      { domain, addons: addonsOfManifest() },
      {
        env,
        signal: stop.signal,
        onEvent: (event) => {
          if (event.kind !== 'code-ready') return;
          const scan: QrScan = { url: event.url, stop, written };
          scans.set(accountId, scan);
          resolve(scan);
        },
      },
    );
    const written = registered.then((app) => write(accountId, app));
    written.catch(reject);
    const forget = (): void => {
      if (scans.get(accountId)?.stop === stop) scans.delete(accountId);
    };
    written.then(forget, forget);
  });
}

async function write(accountId: string, app: RegisteredApp): Promise<string> {
  const { env } = process;
  const location = hostConfigLocation(env, process.argv[1]);
  const change = (document: ConfigDocument) =>
    accountEdits(document.section, {
      accountId,
      appId: app.appId,
      secret: { kind: 'literal', value: app.appSecret },
      domain: app.domain,
      ...(app.openId !== undefined && { allowFrom: [app.openId] }),
    });
  const { path } = await applyConfigChange(location, change, { env });
  return say(texts.scanned, { appId: app.appId, account: accountId, path });
}

export const createScanLogin = (scans: Scans): QrLogin => ({
  async login({ accountId, domain, print }) {
    const scan = await begin(scans, accountId, domain);
    const { columns = 80, isTTY } = process.stdout;
    // The host prints more below it: what scrolls away can be scrolled back to, what is cut cannot.
    const window = { columns, rows: Number.POSITIVE_INFINITY };
    const code = fittingCode(scan.url, window, { color: isTTY === true });
    if (code) print(code.join('\n'));
    // The link alone on its line, so that it can be clicked and copied.
    print(say(texts.scanOrOpen));
    print(scan.url);
    print(await scan.written);
  },

  async start({ accountId, domain, force, configuredAppId }): Promise<QrStartResult> {
    if (configuredAppId !== '' && !force) {
      const params = { account: accountId, appId: configuredAppId };
      return { message: say(texts.scanAlready, params), connected: true };
    }
    try {
      const { url } = await begin(scans, accountId, domain);
      const qrDataUrl = `data:image/png;base64,${qrPng(url).toString('base64')}`;
      return { qrDataUrl, message: say(texts.scan, { url }) };
    } catch (error) {
      return { message: problemOf(error) };
    }
  },

  async wait({ accountId, timeoutMs }): Promise<QrWaitResult> {
    const scan = scans.get(accountId);
    if (!scan) return { connected: false, message: say(texts.noScan) };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), timeoutMs);
    });
    try {
      const done = await Promise.race([scan.written, late]);
      return { connected: done !== undefined, message: done ?? say(texts.scanOpen) };
    } catch (error) {
      return { connected: false, message: problemOf(error) };
    } finally {
      clearTimeout(timer);
    }
  },
});

function problemOf(error: unknown): string {
  if (!isMoltbotFeishuError(error)) throw error;
  return describeError(error, hostSay(process.env, process.argv[1]));
}
