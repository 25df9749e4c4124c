/** Why an app cannot be changed by API as it is. */
import { errorCatalogue } from '../../shared/error-catalogue.ts';
import { ExitCode } from '../../shared/errors.ts';
import { autopilotTexts as texts } from './autopilot-texts.ts';

const { appNotReady, unavailable } = ExitCode;

export const appError = errorCatalogue({
  storeApp: ['store-app', appNotReady, texts.storeApp, texts.storeAppAdvice, false],
  disabled: ['app-not-ready', appNotReady, texts.disabled, texts.disabledAdvice, false],
  underReview: ['under-review', appNotReady, texts.underReview, texts.underReviewAdvice, false],
  notConsoleMade: [
    'not-console-made',
    appNotReady,
    texts.notConsoleMade,
    texts.notConsoleMadeAdvice,
    false,
  ],
  missingScope: [
    'scope-missing',
    appNotReady,
    texts.autopilotScope,
    texts.autopilotScopeAdvice,
    false,
  ],
  waitingScope: [
    'scope-missing',
    appNotReady,
    texts.autopilotScopeWaiting,
    texts.autopilotScopeWaitingAdvice,
    false,
  ],
  publishUnknown: [
    'publish-unknown',
    unavailable,
    texts.publishUnknown,
    texts.publishUnknownAdvice,
    true,
  ],
});
