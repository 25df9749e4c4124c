/** Checks of this machine: the config file, its mode, the accounts in it. */
import { chmod, stat } from 'node:fs/promises';
import { listAccounts, loadAppSecret, resolveAccount } from '../../config/account/accounts.ts';
import { secretFilePath } from '../../config/account/app-secret.ts';
import { managingVariable } from '../../config/change/change.ts';
import { configError } from '../../config/config-errors.ts';
import { readConfig } from '../../config/read.ts';
import { describeAccountsElsewhere } from '../../host/machine/other-configs.ts';
import { otherPlugins } from '../../host/machine/plugin/other-plugins.ts';
import { planSection } from '../../host/machine/plugin/peer-section.ts';
import { joinLines, type LocalizedText, localize } from '../../shared/text/text.ts';
import { type Check, type Finding, type Fix, finding } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { configCheckTexts as texts } from './config-check-texts.ts';
import { configEditFix, renameFixes } from './config-fixes.ts';

type ConfigCheck = Check<DoctorContext>;

const octal = (mode: number) => (mode & 0o777).toString(8).padStart(4, '0');

export const configCheck: ConfigCheck = {
  id: 'config',
  isEssential: true,
  needs: [],
  async probe(context) {
    const { location, env, accountId, found } = context;
    const { path, because } = location;
    const document = await readConfig(location, { env, missingVariables: 'ignore' });
    found.document = document;
    const { section } = document;
    if (document.text === undefined || !section || listAccounts(section).length === 0) {
      const text = document.text === undefined ? texts.configAbsent : texts.configEmpty;
      const elsewhere = await describeAccountsElsewhere(context, 'doctor');
      return failed(
        localize(text, { path, because }),
        elsewhere?.advice ?? localize(texts.runSetup),
      );
    }
    const account = resolveAccount(section, accountId);
    found.account = account;
    if (account.appId === '') {
      const needsVariable = document.missingVariables.some(({ path: at }) => at.at(-1) === 'appId');
      if (!needsVariable) {
        const params = { account: accountId, path };
        return failed(localize(texts.noAppId, params), localize(texts.setupAccount, params));
      }
    }
    const { candidates, edits } = planSection(document, []);
    // A misspelt key may only look like one of another plugin: it gets its right name first.
    const isMisspelt = document.warnings.some(({ renameTo }) => renameTo !== undefined);
    if (edits.length > 0 && !isMisspelt) {
      const params = { plugins: candidates, path };
      const facts = await context.hostFacts();
      // The switch translates it, and keeps it as it was for the way back.
      const isSwitched = otherPlugins(facts, location.stateDir, facts.host?.name).length > 0;
      const unknown = document.warnings.map(({ text }) => text);
      return {
        status: 'warn',
        detail: joinLines([localize(texts.writtenForOther, params), ...unknown]),
        advice: localize(texts.writtenForOtherAdvice),
        fix: isSwitched
          ? undefined
          : configEditFix(context, localize(texts.fixSection, params), edits),
      };
    }
    if (document.warnings.length > 0) {
      return {
        status: 'warn',
        detail: joinLines(document.warnings.map(({ text }) => text)),
        advice: localize(texts.unknownKeyAdvice, { path }),
        fix: renameFixes(document, context),
      };
    }
    const managed = managingVariable(env);
    const params = { path, because, name: managed ?? '' };
    return {
      status: 'ok',
      detail: localize(managed ? texts.configManaged : texts.configRead, params),
    };
  },
};

export const variablesCheck: ConfigCheck = {
  id: 'variables',
  needs: ['config'],
  probe({ found: { document } }) {
    const missing = document?.missingVariables ?? [];
    if (missing.length === 0) return ok(texts.variablesSet);
    const names = [...new Set(missing.map(({ name }) => name))];
    const keys = missing.map(({ path }) => path.join('.'));
    return done(
      failed(
        localize(texts.variablesMissing, { names, keys }),
        localize(texts.variablesAdvice, { names }),
      ),
    );
  },
};

export const fileModeCheck: ConfigCheck = {
  id: 'file-mode',
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
        return finding('warn', texts.otherOwner, texts.otherOwnerAdvice, params);
      }
      if (entry.mode & 0o077) {
        const params = { path, mode: octal(entry.mode) };
        return finding('warn', texts.openMode, texts.openModeAdvice, params, {
          fix: modeFix(path, octal(entry.mode)),
        });
      }
    }
    const { mode } = await stat(location.path);
    return { status: 'ok', detail: localize(texts.privateMode, { mode: octal(mode) }) };
  },
};

function modeFix(path: string, mode: string): Fix {
  return {
    id: `mode ${path}`,
    text: localize(texts.fixMode, { path, mode }),
    async apply() {
      try {
        await chmod(path, 0o600);
      } catch (error) {
        const what = localize(texts.modeKept, { path, reason: (error as Error).message });
        const advice = localize(texts.openModeAdvice, { path });
        throw configError('unwritable', {}, { what, advice, cause: error });
      }
    },
  };
}

export const secretCheck: ConfigCheck = {
  id: 'secret',
  isEssential: true,
  needs: ['config', 'variables'],
  async probe({ location, home, found }) {
    if (!found.account) return { status: 'not-checked' };
    found.secret = await loadAppSecret(found.account, { location, home });
    return { status: 'ok', detail: texts.secretRead };
  },
};

const done = (finding: Finding): Promise<Finding> => Promise.resolve(finding);
const ok = (detail: Finding['detail']) => done({ status: 'ok', detail });
const failed = (detail: LocalizedText, advice: LocalizedText): Finding => ({
  status: 'fail',
  detail,
  advice,
});
