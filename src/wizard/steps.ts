/** The steps of setup, in their order: the one list that is driven, and that flags and help come from. */

import type { Step } from './step.ts';
import { appStep } from './steps/app.ts';
import { approvalSteps } from './steps/approval.ts';
import { checksStep } from './steps/checks.ts';
import { appIdStep, appSecretStep, credentialsStep } from './steps/credentials.ts';
import {
  connectionForModes,
  connectionForPages,
  connectionForProof,
} from './steps/long-connection.ts';
import { createStep, pageSteps } from './steps/pages.ts';
import { policyStep } from './steps/policy.ts';
import { proofStep } from './steps/proof.ts';
import { scanStep } from './steps/scan.ts';
import { botNameStep, methodStep } from './steps/setup-method.ts';
import { sharingStep } from './steps/sharing.ts';
import { moveStep, resumeStep, taskStep } from './steps/task.ts';
import { hostStep, writeStep } from './steps/write.ts';
import { wizardTexts } from './texts.ts';

/** The pages before this one need no connection. */
const MODES = pageSteps.findIndex(({ id }) => id === 'page-events');

export const setupSteps: readonly Step[] = [
  resumeStep((id) => setupSteps.find((step) => step.id === id)?.title ?? wizardTexts.titleResume),
  taskStep,
  moveStep,
  methodStep,
  botNameStep,
  scanStep,
  createStep,
  appIdStep,
  appSecretStep,
  credentialsStep,
  sharingStep,
  appStep,
  approvalSteps.ofPlan,
  connectionForPages,
  ...pageSteps.slice(0, MODES),
  approvalSteps.ofFirstVersion,
  connectionForModes,
  ...pageSteps.slice(MODES),
  approvalSteps.ofLastVersion,
  checksStep,
  connectionForProof,
  proofStep,
  policyStep,
  writeStep,
  hostStep,
];
