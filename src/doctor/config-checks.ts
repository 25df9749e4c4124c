/** The checks of what stands on this machine: the config file, its mode, the accounts in it. */
import { stat } from 'node:fs/promises';
import {
  listAccounts,
  loadAppSecret,
  type ResolvedAccount,
  resolveAccount,
} from '../config/accounts.ts';
import type { ConfigLocation } from '../config/locate.ts';
import type { ConfigDocument } from '../config/read.ts';
import type { Secret } from '../shared/secret.ts';
import { message } from '../shared/text.ts';
import type { Check } from './check.ts';
import { doctorTexts as texts } from './texts.ts';

export interface ConfigCheckContext {
  readonly location: ConfigLocation;
  readonly home: string;
  readonly account: ResolvedAccount;
  readonly onSecret: (secret: Secret) => void;
  readonly document: ConfigDocument;
  readonly platform: NodeJS.Platform;
}

type ConfigCheck = Check<ConfigCheckContext>;

const octal = (mode: number) => (mode & 0o777).toString(8).padStart(4, '0');

const config: ConfigCheck = {
  id: 'config',
  question: texts.askConfig,
  needs: [],
  async probe({ location, document }) {
    const { mode } = await stat(location.path);
    const [warning] = document.warnings;
    const detail = message(texts.configRead, { path: location.path, mode: octal(mode) });
    return warning ? { status: 'warn', detail: warning } : { status: 'ok', detail };
  },
};

const fileMode: ConfigCheck = {
  id: 'file-mode',
  question: texts.askFileMode,
  needs: [],
  async probe({ location, account, platform }) {
    if (platform === 'win32') return { status: 'not-checked', detail: texts.noMode };
    const paths = [location.path, ...(account.appSecretFile ? [account.appSecretFile] : [])];
    for (const path of paths) {
      const mode = await stat(path).then(
        (entry) => entry.mode,
        // A secret file that is not there is named by the check of the secret itself.
        () => 0,
      );
      if (mode & 0o077) {
        return {
          status: 'warn',
          detail: message(texts.openMode, { path, mode: octal(mode) }),
          fix: message(texts.openModeFix, { path }),
        };
      }
    }
    const { mode } = await stat(location.path);
    return { status: 'ok', detail: message(texts.privateMode, { mode: octal(mode) }) };
  },
};

const duplicates: ConfigCheck = {
  id: 'duplicates',
  question: texts.askDuplicates,
  needs: [],
  probe({ document, account }) {
    const section = document.section;
    const others = section
      ? listAccounts(section).filter((id) => {
          const other = resolveAccount(section, id);
          return id !== account.id && other.enabled && other.appId === account.appId;
        })
      : [];
    if (others.length === 0) return Promise.resolve({ status: 'ok', detail: texts.noDuplicates });
    return Promise.resolve({
      status: 'fail',
      detail: message(texts.sameApp, { accounts: [account.id, ...others].join(', ') }),
      fix: texts.sameAppFix,
    });
  },
};

const secret: ConfigCheck = {
  id: 'secret',
  question: texts.askSecret,
  needs: [],
  async probe({ account, location, home, onSecret }) {
    onSecret(await loadAppSecret(account, { location, home }));
    return { status: 'ok', detail: texts.secretRead };
  },
};

export const configChecks: readonly ConfigCheck[] = [config, fileMode, duplicates, secret];
