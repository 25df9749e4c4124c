/**
 * Every check of the doctor, declared once, in the order in which a message travels.
 *
 * A new check is exported from its file and takes its place here.
 */

import {
  botCheck,
  connectionCheck,
  eventsCheck,
  permissionsCheck,
  publishCheck,
} from './app/app-checks.ts';
import { credentialsCheck } from './app/credentials-check.ts';
import { menusCheck } from './app/menus-check.ts';
import { clockCheck, networkCheck, proxyCheck } from './app/network-checks.ts';
import { availabilityCheck, callbacksCheck, eventModeCheck } from './app/subscription-checks.ts';
import type { AppCheckContext } from './app-context.ts';
import type { Check } from './check.ts';
import {
  duplicatesCheck,
  enabledCheck,
  otherConfigsCheck,
  policyCheck,
} from './config/account-checks.ts';
import { configCheck, fileModeCheck, secretCheck, variablesCheck } from './config/config-checks.ts';
import { appContextOf, type DoctorContext, withApp } from './context.ts';
import { agentCheck } from './host/agent-check.ts';
import {
  channelCheck,
  gatewayCheck,
  gatewaySettingsCheck,
  hostLogCheck,
  hostNodeCheck,
  pairingCheck,
  readingHostCheck,
} from './host/host-checks.ts';
import { migrationCheck } from './host/migration-check.ts';
import { pluginCheck, pluginEnabledCheck } from './host/plugin-checks.ts';
import { inboxCheck } from './runtime/inbox-check.ts';
import { liveCheck } from './runtime/live-check.ts';
import type { LiveOptions } from './runtime/live-message.ts';
import { onlineCheck } from './runtime/runtime-checks.ts';
import { trafficCheck } from './runtime/traffic-check.ts';

/** The checks that speak to the platform; they share one client. */
const platformChecks: readonly Check<AppCheckContext>[] = [
  proxyCheck,
  networkCheck,
  clockCheck,
  credentialsCheck,
  botCheck,
  permissionsCheck,
  eventsCheck,
  eventModeCheck,
  callbacksCheck,
  publishCheck,
  menusCheck,
  availabilityCheck,
  connectionCheck,
];

export const doctorChecks: readonly Check<DoctorContext>[] = [
  // Before the config: with two state directories it is not even the file that the host reads.
  migrationCheck,
  configCheck,
  variablesCheck,
  fileModeCheck,
  secretCheck,
  enabledCheck,
  duplicatesCheck,
  otherConfigsCheck,
  policyCheck,
  ...withApp(platformChecks, appContextOf, [secretCheck.id]),
  readingHostCheck,
  hostNodeCheck,
  pluginCheck,
  pluginEnabledCheck,
  gatewaySettingsCheck,
  gatewayCheck,
  channelCheck,
  agentCheck,
  pairingCheck,
  hostLogCheck,
  onlineCheck,
  inboxCheck,
  trafficCheck,
];

/** With the proof by a message at the end, where it is asked for. */
export function checksFor(live: LiveOptions | undefined): readonly Check<DoctorContext>[] {
  return live ? [...doctorChecks, liveCheck(live)] : doctorChecks;
}
