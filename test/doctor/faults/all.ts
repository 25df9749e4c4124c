/** Every link of the chain, broken one at a time: what is done to it, which check names it, what it advises. */

import { appFaults } from './app.ts';
import { configFaults } from './config.ts';
import { connectionFaults } from './connection.ts';
import type { DoctorFault } from './fault.ts';
import { hostFaults } from './host.ts';
import { inboxFaults } from './inbox.ts';
import { networkFaults } from './network.ts';

export const faults: readonly DoctorFault[] = [
  ...configFaults,
  ...networkFaults,
  ...appFaults,
  ...connectionFaults,
  ...hostFaults,
  ...inboxFaults,
];
