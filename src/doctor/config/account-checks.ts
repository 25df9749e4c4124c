/** The checks of an account: enabled, app not shared, config file in use, someone may write to it. */
import { dirname } from 'node:path';
import type { ResolvedAccount } from '../../config/account/account.ts';
import { accountsWithApp, listAccounts, resolveAccount } from '../../config/account/accounts.ts';
import type { ConfigDocument } from '../../config/read.ts';
import { findOtherConfigs } from '../../host/machine/other-configs.ts';
import { localize } from '../../shared/text/text.ts';
import { type Check, type Finding, finding } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { configCheckTexts as texts } from './config-check-texts.ts';
import { configEditFix } from './config-fixes.ts';

type ConfigCheck = Check<DoctorContext>;

export const enabledCheck: ConfigCheck = {
  id: 'enabled',
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
      detail: localize(texts.isDisabled, { key }),
      advice: localize(texts.isDisabledAdvice, { key }),
      fix: configEditFix(
        context,
        localize(texts.fixEnabled, { key, path: context.location.path }),
        [{ path, value: true }],
      ),
    });
  },
};

export const duplicatesCheck: ConfigCheck = {
  id: 'duplicates',
  needs: ['config'],
  async probe(context) {
    const { document, account } = context.found;
    if (!account?.appId) return { status: 'not-checked', detail: texts.noAppIdYet };
    const users = accountsWithApp(document?.section ?? {}, account.appId);
    const here = users.filter((id) => id !== account.id);
    if (here.length > 0) {
      const accounts = [account.id, ...here];
      return finding('fail', texts.sameApp, texts.sameAppAdvice, { accounts });
    }
    const twins = (await findOtherConfigs(context)).filter(({ appIds }) =>
      appIds.includes(account.appId),
    );
    if (twins.length === 0) return { status: 'ok', detail: texts.noDuplicates };
    const paths = twins.map(({ path }) => path);
    return finding('warn', texts.sameAppElsewhere, texts.sameAppElsewhereAdvice, { paths });
  },
};

export const otherConfigsCheck: ConfigCheck = {
  id: 'other-configs',
  needs: [],
  after: ['config'],
  async probe(context) {
    const appId = context.found.account?.appId;
    const others = (await findOtherConfigs(context)).filter(
      ({ appIds }) => appId === undefined || !appIds.includes(appId),
    );
    if (others.length === 0) return { status: 'ok', detail: texts.noOthers };
    const paths = others.map(({ path }) => path);
    const params = { paths, path: context.location.path };
    return {
      status: 'warn',
      detail: localize(texts.ignoredConfigs, params),
      advice: localize(texts.ignoredConfigsAdvice, {
        ...params,
        directory: dirname(context.location.path),
      }),
    };
  },
};

export const policyCheck: ConfigCheck = {
  id: 'policy',
  needs: ['config'],
  probe({ found: { account } }) {
    return done(account ? policyFinding(account) : { status: 'not-checked' });
  },
};

/** Whether any person may write to the bot, in direct messages and in groups. Pure. */
export function policyFinding(account: ResolvedAccount): Finding {
  const { dmPolicy, groupPolicy } = account;
  const isEmptyList = dmPolicy === 'allowlist' && account.allowFrom.length === 0;
  // `*` sets rules for the groups that are let in, and lets none in.
  const listed = Object.keys(account.groups).filter((id) => id !== '*');
  const noGroupListed = account.groupAllowFrom.length + listed.length === 0;
  const noGroups = groupPolicy === 'disabled' || (groupPolicy === 'allowlist' && noGroupListed);
  if (dmPolicy === 'disabled' && noGroups) {
    return { status: 'fail', detail: texts.allDisabled, advice: texts.allDisabledAdvice };
  }
  if (isEmptyList) {
    return {
      status: noGroups ? 'fail' : 'warn',
      detail: noGroups ? texts.noOneAllowed : texts.noOneAllowedDirect,
      advice: texts.noOneAllowedAdvice,
    };
  }
  if (groupPolicy === 'allowlist' && noGroups) {
    return { status: 'warn', detail: texts.noGroup, advice: texts.noGroupAdvice };
  }
  return { status: 'ok', detail: localize(texts.policyIs, { dmPolicy, groupPolicy }) };
}

function accountsOf(document: ConfigDocument | undefined): readonly ResolvedAccount[] {
  const section = document?.section;
  return section ? listAccounts(section).map((id) => resolveAccount(section, id)) : [];
}

const done = (finding: Finding): Promise<Finding> => Promise.resolve(finding);
const ok = (detail: Finding['detail']) => done({ status: 'ok', detail });
