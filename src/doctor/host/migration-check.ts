/** The check of two state directories, of which OpenClaw reads one and stops at the other. */

import { configError } from '../../config/config-errors.ts';
import { findHosts } from '../../host/machine/installed/host-programs.ts';
import {
  findPendingMigration,
  migrate,
  type PendingMigration,
} from '../../host/machine/state-migration.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { localize } from '../../shared/text/text.ts';
import { type Check, type Fix, finding } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { hostTexts as texts } from './host-check-texts.ts';

export const migrationCheck: Check<DoctorContext> = {
  id: 'state-directory',
  needs: [],
  async probe(context) {
    const installed = await findHosts(context.env, context.platform);
    if (!installed.some(({ name }) => name === 'openclaw')) {
      return { status: 'skipped', detail: texts.noOpenClaw };
    }
    const pending = await findPendingMigration(context);
    if (!pending) return { status: 'ok', detail: texts.stateDirectoryClear };
    const params = { source: pending.source, target: pending.target };
    const others = installed.filter(({ name }) => name !== 'openclaw').map(({ name }) => name);
    if (others.length > 0) {
      const shared = { ...params, others: others.join(', ') };
      return {
        status: 'fail',
        detail: localize(texts.migrationPending, params),
        advice: localize(texts.migrationSharedAdvice, shared),
      };
    }
    return finding(
      'fail',
      texts.migrationPending,
      pending.isMovable ? texts.migrationAdvice : texts.migrationByHandAdvice,
      params,
      { ...(pending.isMovable && { fix: migrationFix(pending, context) }) },
    );
  },
};

function migrationFix(pending: PendingMigration, { env }: Pick<DoctorContext, 'env'>): Fix {
  const { source, target, config, wanted } = pending;
  const text = config
    ? localize(texts.fixMigration, { from: config.path, path: wanted.path, source })
    : localize(texts.fixDirectory, { source });
  return {
    id: `state-directory ${source} ${target}`,
    text,
    async apply(signal) {
      try {
        await migrate(pending, { env, signal });
      } catch (error) {
        if (isMoltbotFeishuError(error) || signal.aborted) throw error;
        const reason = (error as Error).message;
        const what = localize(texts.migrationFailed, { source, reason });
        const advice = localize(texts.migrationByHandAdvice, { source, target });
        throw configError('unwritable', {}, { what, advice, cause: error });
      }
    },
  };
}
