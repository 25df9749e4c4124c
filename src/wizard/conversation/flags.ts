/** The flags of `setup`: those of its questions, and those without a question. */
import { flagTexts as texts } from './flag-texts.ts';
import {
  accountQuestion,
  allowFromQuestion,
  appIdQuestion,
  appSecretQuestion,
  autopilotQuestion,
  botNameQuestion,
  dmPolicyQuestion,
  type Flag,
  hostQuestion,
  wayQuestion,
  writeQuestion,
} from './questions.ts';

const questions = [
  appIdQuestion,
  appSecretQuestion,
  wayQuestion,
  botNameQuestion,
  autopilotQuestion,
  accountQuestion,
  dmPolicyQuestion,
  allowFromQuestion,
  hostQuestion,
  writeQuestion,
];

export const setupFlags: readonly Flag[] = [
  ...questions.flatMap(({ flags }) => flags),
  { spec: '--domain <domain>', help: texts.domain },
  { spec: '--secret-ref <env:NAME|file:PATH>', help: texts.secretRef },
  { spec: '--no-verify', help: texts.noVerify },
  { spec: '--dry-run', help: texts.dryRun },
  { spec: '--sandbox', help: texts.sandbox },
  { spec: '--no-input', help: texts.noInput },
];
