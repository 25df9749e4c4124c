/** The errors of setup and of its questions. */
import { errorCatalogue } from '../shared/error-catalogue.ts';
import { ExitCode } from '../shared/errors.ts';
import { wizardTexts as texts } from './wizard-texts.ts';

const { appNotReady, cancelled, usage } = ExitCode;

export const wizardError = errorCatalogue({
  appNotReady: ['app-not-ready', appNotReady, texts.appNotReady],
  scopeMissing: ['scope-missing', appNotReady, texts.appNotReady],
  cancelled: ['cancelled', cancelled, texts.cancelled],
  cancelledKept: ['cancelled', cancelled, texts.cancelledKept],
  cancelledProgress: ['cancelled', cancelled, texts.cancelledProgress],
  invalidAnswer: ['invalid-value', usage, texts.invalidAnswer],
  missingAnswer: ['missing-value', usage, texts.missingAnswer],
  secretFileUnreadable: [
    'secret-file-unreadable',
    usage,
    texts.secretFileUnreadable,
    texts.secretFileAdvice,
  ],
  twoSecrets: ['two-secrets', usage, texts.twoSecrets, texts.twoSecretsAdvice],
});
