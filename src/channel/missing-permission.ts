/**
 * Logs once that the app lacks the permission of a feature; all else continues without it.
 *
 * The doctor names the same permission at each run. A log line a message would only hide others.
 */
import { isMoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';

/** Called with each error of the feature's calls; errors of other kinds have no effect. */
export type PermissionWarner = (error: unknown) => void;

/** @param lack what the feature cannot do, e.g. `names of people cannot be read` */
export function createPermissionWarner(log: Logger, lack: string): PermissionWarner {
  let hasWarned = false;
  return (error) => {
    if (hasWarned || !isMoltbotFeishuError(error, 'scope-missing')) return;
    hasWarned = true;
    const { details, feishuCode: code, url } = error;
    const scopes = Array.isArray(details.scopes) ? details.scopes.join(', ') : undefined;
    log.warn(`${lack}: the app lacks a permission`, { scopes, code, url });
  };
}
