/** The steps of setup, in their order: the one list that is driven, and that flags and help come from. */

import type { Step } from './step.ts';
import { appStep } from './steps/app/app.ts';
import { appIdStep, appSecretStep, credentialsStep } from './steps/app/credentials.ts';
import { scanStep } from './steps/app/scan.ts';
import { botNameStep, methodStep } from './steps/app/setup-method.ts';
import { webhookStep } from './steps/app/webhook-step.ts';
import { checksStep } from './steps/checks.ts';
import { policyStep } from './steps/config/policy.ts';
import { switchStep } from './steps/config/switch-plugin.ts';
import { hostStep, writeStep } from './steps/config/write.ts';
import { approvalSteps } from './steps/console/approval.ts';
import {
  connectionForModes,
  connectionForPages,
  connectionForProof,
} from './steps/console/long-connection.ts';
import { menusStep } from './steps/console/menus.ts';
import { createStep, pageSteps } from './steps/console/pages.ts';
import { sharingStep } from './steps/console/sharing.ts';
import { proofStep } from './steps/proof/proof.ts';
import { moveStep, resumeStep, taskStep } from './steps/task.ts';
import { wizardTexts } from './wizard-texts.ts';

/** The pages before this one need no connection. */
const MODES = pageSteps.findIndex(({ id }) => id === 'page-events');

export const setupSteps: readonly Step[] = [
  resumeStep((id) => setupSteps.find((step) => step.id === id)?.title ?? wizardTexts.titleResume),
  taskStep,
  moveStep,
  switchStep,
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
  menusStep,
  connectionForProof,
  proofStep,
  policyStep,
  webhookStep,
  writeStep,
  hostStep,
];
