/** The checks of an app that setup and a host's probe make, too, in their order. */
import type { AppCheckContext } from '../app-context.ts';
import type { Check } from '../check.ts';
import {
  botCheck,
  connectionCheck,
  eventsCheck,
  permissionsCheck,
  publishCheck,
} from './app-checks.ts';
import { credentialsCheck } from './credentials-check.ts';
import { networkCheck } from './network-checks.ts';

/** Whether the credentials are accepted. */
export const credentialChecks: readonly Check<AppCheckContext>[] = [networkCheck, credentialsCheck];

/** Whether the app is configured, published and able to connect. */
export const configuredAppChecks: readonly Check<AppCheckContext>[] = [
  botCheck,
  connectionCheck,
  permissionsCheck,
  eventsCheck,
  publishCheck,
];
