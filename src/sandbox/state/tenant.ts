/** What the administrator of an organization decides for all its apps. */

export interface Tenant {
  /** How long a message can be edited (ms). */
  editWindowMs: number;
  /** How long a message can be recalled (ms). */
  recallWindowMs: number;
}

const dayMs = 24 * 60 * 60_000;

/** What Feishu has unless the administrator changes it. */
export const defaultTenant: Readonly<Tenant> = { editWindowMs: dayMs, recallWindowMs: dayMs };
