/** The platform's data about an app and its versions. */

export interface AppRecord {
  readonly name: string;
  /** May lag behind after a version went out. */
  readonly status: 'disabled' | 'enabled' | 'not-enabled' | 'unknown';
  /** A store app cannot use a long connection. */
  readonly kind: 'custom' | 'store' | 'unknown';
  /** `developer_console`, or where else it was made; only console apps may set themselves up. */
  readonly createSource: string | undefined;
  /** The owner, else the creator: whom one may write to. */
  readonly ownerOpenId: string | undefined;
  /** As the app (token type tenant): asked for, granted or not. */
  readonly configuredScopes: readonly string[];
  /** Reported to few apps; `undefined` means unknown, not “webhook”. */
  readonly eventMode: 'websocket' | 'webhook' | undefined;
  readonly subscribedEvents: readonly string[] | undefined;
  readonly callbackMode: 'websocket' | 'webhook' | undefined;
  readonly subscribedCallbacks: readonly string[] | undefined;
}

export type VersionStatus = 'live' | 'past' | 'rejected' | 'in-review' | 'unsubmitted' | 'unknown';

export interface AppVersion {
  /** X.Y.Z */
  readonly version: string;
  readonly versionId: string;
  readonly status: VersionStatus;
  /** Event types; `undefined` where the answer has no list. */
  readonly events: readonly string[] | undefined;
  readonly scopes: readonly string[] | undefined;
  readonly hasBot: boolean | undefined;
  /** Whether it asks to be visible to the whole organization; no API shows the final decision. */
  readonly isForAll: boolean | undefined;
}
