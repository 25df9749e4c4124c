/** The errors of the commands themselves. */
import { errorCatalogue } from '../shared/error-catalogue.ts';
import { ExitCode } from '../shared/errors.ts';
import { commandTexts as texts } from './command-texts.ts';

const { cancelled, config, internal, system, usage } = ExitCode;

export const commandError = errorCatalogue({
  cancelled: ['cancelled', cancelled, texts.cancelled],
  internal: ['internal', internal, texts.internal, texts.internalAdvice],
  tooManyFiles: ['too-many-files', system, texts.tooManyFiles, texts.tooManyFilesAdvice],
  noAccounts: ['no-account', config, texts.noAccounts, texts.noAccountsAdvice],
  unknownAccount: ['no-account', config, texts.unknownAccount, texts.noAccountsAdvice],
  reportUnwritable: [
    'report-unwritable',
    usage,
    texts.reportUnwritable,
    texts.reportUnwritableAdvice,
  ],
});
