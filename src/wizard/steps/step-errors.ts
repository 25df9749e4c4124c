/** The errors of the steps that create and publish an app. */
import { errorCatalogue } from '../../shared/error-catalogue.ts';
import { ExitCode } from '../../shared/errors.ts';
import { appTexts as texts } from './app/app-texts.ts';

const { appNotReady, unavailable } = ExitCode;

export const stepError = errorCatalogue({
  rejected: ['version-rejected', appNotReady, texts.rejected, texts.rejectedAdvice],
  waitsForApproval: [
    'waiting-for-approval',
    appNotReady,
    texts.waitsForApproval,
    texts.waitsAdvice,
  ],
  connectionLate: [
    'platform-unreachable',
    unavailable,
    texts.connectionLate,
    texts.connectionLateAdvice,
  ],
});
