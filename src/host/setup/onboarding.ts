/** The channel in a host's wizard: status, our wizard on the host's prompts, access policy. */
import type { HostPrompter, OnboardingContext } from '../contract.ts';
import type { HostConfig } from '../host-config.ts';
import { normalizeAllowEntry } from '../people/targets.ts';
import type { PluginServices } from '../plugin-services.ts';
import { accountIds, defaultAccountId, hostAccount, rawSection } from '../section/section.ts';
import { withAccountKeys, withSection } from '../section/section-changes.ts';

interface PolicyRequest {
  readonly cfg: HostConfig;
  readonly prompter: HostPrompter;
  readonly accountId?: string;
}

export function onboardingAdapter({ configure }: Pick<PluginServices, 'configure'>) {
  return {
    channel: 'feishu',
    getStatus: ({ cfg }: { readonly cfg: HostConfig }) => {
      const configured = accountIds(cfg).filter((id) => hostAccount(cfg, id).configured);
      const isConfigured = configured.length > 0;
      const state = isConfigured ? `configured (${configured.join(', ')})` : 'needs an app';
      return Promise.resolve({
        channel: 'feishu',
        configured: isConfigured,
        statusLines: [`Feishu: ${state}`],
        selectionHint: isConfigured ? 'configured' : 'needs an app',
        quickstartScore: isConfigured ? 2 : 1,
      });
    },
    configure: (context: OnboardingContext) => configure(context),
    dmPolicy: {
      label: 'Feishu',
      channel: 'feishu',
      policyKey: 'channels.feishu.dmPolicy',
      allowFromKey: 'channels.feishu.allowFrom',
      getCurrent: (cfg: HostConfig) => hostAccount(cfg).dmPolicy,
      setPolicy: (cfg: HostConfig, policy: string): HostConfig =>
        withAccountKeys(cfg, defaultAccountId(cfg), { dmPolicy: policy }),
      promptAllowFrom,
    },
    disable: (cfg: HostConfig): HostConfig =>
      withSection(cfg, { ...rawSection(cfg), enabled: false }),
  };
}

async function promptAllowFrom({ cfg, prompter, accountId }: PolicyRequest): Promise<HostConfig> {
  const id = accountId ?? defaultAccountId(cfg);
  const known = hostAccount(cfg, id).allowFrom;
  const split = (answer: string): string[] =>
    answer
      .split(/[,，\s]+/)
      .map(normalizeAllowEntry)
      .filter(Boolean);
  const answer = await prompter.text({
    message: 'Feishu allowFrom: open_ids (ou_…), comma-separated',
    initialValue: known.join(', '),
    validate: (value) =>
      split(value ?? '').every((entry) => entry === '*' || /^ou_\w+$/.test(entry))
        ? undefined
        : 'An open_id begins with ou_',
  });
  return withAccountKeys(cfg, id, { allowFrom: [...new Set(split(answer))] });
}
