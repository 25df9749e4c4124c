/** The checks of what stands on this machine: the config file, its mode, the accounts in it. */
import { chmod, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  listAccounts,
  loadAppSecret,
  type ResolvedAccount,
  resolveAccount,
} from '../config/accounts.ts';
import { secretFilePath } from '../config/app-secret.ts';
import { managingVariable } from '../config/change.ts';
import { type ConfigDocument, readConfig } from '../config/read.ts';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { type Message, message } from '../shared/text.ts';
import type { Check, Finding, Mend } from './check.ts';
import { configEditMend, renameMend } from './config-mends.ts';
import { configCheckTexts as texts } from './config-texts.ts';
import type { DoctorContext } from './context.ts';
import { otherConfigs } from './other-configs.ts';

type ConfigCheck = Check<DoctorContext>;

const octal = (mode: number) => (mode & 0o777).toString(8).padStart(4, '0');

const config: ConfigCheck = {
  id: 'config',
  question: texts.askConfig,
  needs: [],
  async probe(context) {
    const { location, env, accountId, found } = context;
    const { path, because } = location;
    const document = await readConfig(location, { env, missingVariables: 'ignore' });
    found.document = document;
    const { section } = document;
    if (document.text === undefined || !section || listAccounts(section).length === 0) {
      const text = document.text === undefined ? texts.configAbsent : texts.configEmpty;
      return failed(message(text, { path, because }), message(texts.runSetup));
    }
    const account = resolveAccount(section, accountId);
    found.account = account;
    if (account.appId === '') {
      const needsVariable = document.missingVariables.some(({ path: at }) => at.at(-1) === 'appId');
      if (!needsVariable) {
        const params = { account: accountId, path };
        return failed(message(texts.noAppId, params), message(texts.setupAccount, params));
      }
    }
    const [warning] = document.warnings;
    if (warning) {
      const mend = renameMend(warning, document, context);
      return {
        status: 'warn',
        detail: warning,
        fix: message(texts.unknownKeyFix, { path }),
        mend,
      };
    }
    const managed = managingVariable(env);
    const params = { path, because, mode: octal((await stat(path)).mode), name: managed ?? '' };
    return {
      status: 'ok',
      detail: message(managed ? texts.configManaged : texts.configRead, params),
    };
  },
};

const variables: ConfigCheck = {
  id: 'variables',
  question: texts.askVariables,
  needs: ['config'],
  probe({ found: { document } }) {
    const missing = document?.missingVariables ?? [];
    if (missing.length === 0) return ok(texts.variablesSet);
    const names = [...new Set(missing.map(({ name }) => name))].join(', ');
    const keys = missing.map(({ path }) => path.join('.')).join(', ');
    return done(
      failed(
        message(texts.variablesMissing, { names, keys }),
        message(texts.variablesFix, { names }),
      ),
    );
  },
};

const fileMode: ConfigCheck = {
  id: 'file-mode',
  question: texts.askFileMode,
  needs: ['config'],
  async probe({ location, found: { account }, home, platform, uid }) {
    if (platform === 'win32') return { status: 'not-checked', detail: texts.noMode };
    const secretFile = account?.appSecretFile;
    const paths = [
      location.path,
      ...(secretFile ? [secretFilePath(secretFile, location, home)] : []),
    ];
    for (const path of paths) {
      // A secret file that is not there is named by the check of the secret itself.
      const entry = await stat(path).catch(() => undefined);
      if (!entry) continue;
      if (uid !== undefined && uid !== 0 && entry.uid !== uid) {
        const params = { path, owner: entry.uid, uid };
        return {
          status: 'warn',
          detail: message(texts.otherOwner, params),
          fix: message(texts.otherOwnerFix, params),
        };
      }
      if (entry.mode & 0o077) {
        const params = { path, mode: octal(entry.mode) };
        return {
          status: 'warn',
          detail: message(texts.openMode, params),
          fix: message(texts.openModeFix, params),
          mend: modeMend(path, octal(entry.mode)),
        };
      }
    }
    const { mode } = await stat(location.path);
    return { status: 'ok', detail: message(texts.privateMode, { mode: octal(mode) }) };
  },
};

function modeMend(path: string, mode: string): Mend {
  return {
    id: `mode ${path}`,
    text: message(texts.mendMode, { path, mode }),
    async apply() {
      try {
        await chmod(path, 0o600);
      } catch (error) {
        throw new MoltbotFeishuError({
          code: 'config-unwritable',
          exitCode: ExitCode.config,
          what: message(texts.modeKept, { path, reason: (error as Error).message }),
          fix: message(texts.openModeFix, { path }),
          cause: error,
        });
      }
    },
  };
}

const enabled: ConfigCheck = {
  id: 'enabled',
  question: texts.askEnabled,
  needs: ['config'],
  probe(context) {
    const { document, account } = context.found;
    if (!account || account.enabled) return ok(texts.isEnabled);
    const isChannel = document?.section?.enabled === false;
    const key = isChannel
      ? 'channels.feishu.enabled'
      : `channels.feishu.accounts.${account.id}.enabled`;
    const path = isChannel
      ? ['channels', 'feishu', 'enabled']
      : ['channels', 'feishu', 'accounts', account.id, 'enabled'];
    const others = accountsOf(document).some((other) => other.enabled);
    return done({
      // One of several that is off may well be meant to be.
      status: others ? 'warn' : 'fail',
      detail: message(texts.isDisabled, { key }),
      fix: message(texts.isDisabledFix, { key }),
      mend: configEditMend(
        context,
        message(texts.mendEnabled, { key, path: context.location.path }),
        [{ path, value: true }],
      ),
    });
  },
};

const secret: ConfigCheck = {
  id: 'secret',
  question: texts.askSecret,
  needs: ['config', 'variables'],
  async probe({ location, home, found }) {
    if (!found.account) return { status: 'not-checked' };
    found.secret = await loadAppSecret(found.account, { location, home });
    return { status: 'ok', detail: texts.secretRead };
  },
};

const duplicates: ConfigCheck = {
  id: 'duplicates',
  question: texts.askDuplicates,
  needs: ['config'],
  async probe(context) {
    const { document, account } = context.found;
    if (!account?.appId) return { status: 'not-checked', detail: texts.noAppIdYet };
    const here = accountsOf(document)
      .filter(({ id, enabled: on, appId }) => on && appId === account.appId && id !== account.id)
      .map(({ id }) => id);
    if (here.length > 0) {
      const accounts = [account.id, ...here].join(', ');
      return failed(message(texts.sameApp, { accounts }), message(texts.sameAppFix));
    }
    const twins = (await otherConfigs(context)).filter(({ appIds }) =>
      appIds.includes(account.appId),
    );
    if (twins.length === 0) return { status: 'ok', detail: texts.noDuplicates };
    const paths = twins.map(({ path }) => path).join(', ');
    return {
      status: 'warn',
      detail: message(texts.sameAppElsewhere, { paths }),
      fix: message(texts.sameAppElsewhereFix, { paths }),
    };
  },
};

const ignored: ConfigCheck = {
  id: 'other-configs',
  question: texts.askOthers,
  needs: [],
  after: ['config'],
  async probe(context) {
    const appId = context.found.account?.appId;
    const others = (await otherConfigs(context)).filter(
      ({ appIds }) => appId === undefined || !appIds.includes(appId),
    );
    if (others.length === 0) return { status: 'ok', detail: texts.noOthers };
    const paths = others.map(({ path }) => path).join(', ');
    const params = { paths, path: context.location.path };
    return {
      status: 'warn',
      detail: message(texts.ignoredConfigs, params),
      fix: message(texts.ignoredConfigsFix, {
        ...params,
        directory: dirname(context.location.path),
      }),
    };
  },
};

const policy: ConfigCheck = {
  id: 'policy',
  question: texts.askPolicy,
  needs: ['config'],
  probe({ found: { account } }) {
    if (!account) return done({ status: 'not-checked' });
    const noDms = account.dmPolicy === 'allowlist' && account.allowFrom.length === 0;
    const noGroups =
      account.groupPolicy === 'disabled' ||
      (account.groupPolicy === 'allowlist' &&
        account.groupAllowFrom.length + Object.keys(account.groups).length === 0);
    if (noDms) {
      return done({
        status: noGroups ? 'fail' : 'warn',
        detail: noGroups ? texts.nobody : texts.nobodyDirect,
        fix: texts.nobodyFix,
      });
    }
    if (account.groupPolicy === 'allowlist' && noGroups) {
      return done({ status: 'warn', detail: texts.noGroup, fix: texts.noGroupFix });
    }
    const { dmPolicy, groupPolicy } = account;
    return done({ status: 'ok', detail: message(texts.policyIs, { dmPolicy, groupPolicy }) });
  },
};

function accountsOf(document: ConfigDocument | undefined): readonly ResolvedAccount[] {
  const section = document?.section;
  return section ? listAccounts(section).map((id) => resolveAccount(section, id)) : [];
}

const done = (finding: Finding): Promise<Finding> => Promise.resolve(finding);
const ok = (detail: Finding['detail']) => done({ status: 'ok', detail });
const failed = (detail: Message, fix: Message): Finding => ({ status: 'fail', detail, fix });

export const configChecks: readonly ConfigCheck[] = [
  config,
  variables,
  fileMode,
  enabled,
  secret,
  duplicates,
  ignored,
  policy,
];
