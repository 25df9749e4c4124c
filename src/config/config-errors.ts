/** The errors of reading and changing a config; all of them exit with 5. */
import { errorCatalogue } from '../shared/error-catalogue.ts';
import { ExitCode } from '../shared/errors.ts';
import { configTexts as texts } from './config-texts.ts';

const { config } = ExitCode;

export const configError = errorCatalogue({
  unreadable: ['config-unreadable', config, texts.unreadable, texts.unreadableAdvice],
  unparsable: ['config-unparsable', config, texts.unparsable, texts.unparsableAdvice],
  invalid: ['config-invalid', config, texts.invalid, texts.invalidAdvice],
  invalidMany: ['config-invalid', config, texts.invalidMany, texts.invalidAdvice],
  variableMissing: [
    'config-variable-missing',
    config,
    texts.variableMissing,
    texts.variableMissingAdvice,
  ],
  includeMissing: ['config-unreadable', config, texts.includeMissing, texts.includeAdvice],
  includeCycle: ['config-invalid', config, texts.includeCycle, texts.includeAdvice],
  includeDepth: ['config-invalid', config, texts.includeDepth, texts.includeAdvice],
  includeMany: ['config-invalid', config, texts.includeMany, texts.includeAdvice],
  includeLarge: ['config-invalid', config, texts.includeLarge, texts.includeAdvice],
  includeForm: ['config-invalid', config, texts.includeForm, texts.includeAdvice],
  includeBeside: ['config-invalid', config, texts.includeBeside, texts.includeAdvice],
  includeUnsupported: ['config-include-unsupported', config, texts.includeUnsupported],
  managed: ['config-managed', config, texts.managed],
  unwritable: ['config-unwritable', config, texts.unwritable, texts.unwritableAdvice],
  locked: ['config-locked', config, texts.locked, texts.lockedAdvice],
  contended: ['config-contended', config, texts.contended, texts.contendedAdvice],
  editFailed: ['config-edit-failed', config, texts.editFailed, texts.editFailedAdvice],
  secretMissing: ['secret-missing', config, texts.secretMissing, texts.secretMissingAdvice],
  secretEmpty: ['secret-missing', config, texts.secretEmpty, texts.unreadableAdvice],
  secretUnreadable: ['secret-unreadable', config, texts.secretUnreadable, texts.unreadableAdvice],
  secretAsPath: ['secret-unreadable', config, texts.secretAsPath, texts.secretAsPathAdvice],
  secretRefFailed: ['secret-unreadable', config, texts.secretRefFailed, texts.secretRefAdvice],
  secretUnusable: ['secret-unreadable', config, texts.secretUnusable, texts.unreadableAdvice],
});
