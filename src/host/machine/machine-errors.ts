/** The errors of putting the plugin into a host. */
import { errorCatalogue } from '../../shared/error-catalogue.ts';
import { ExitCode } from '../../shared/errors.ts';
import { machineTexts as texts } from './machine-texts.ts';

const { hostRefused } = ExitCode;

export const machineError = errorCatalogue({
  foreignPlugin: ['host-refused', hostRefused, texts.foreign, texts.foreignAdvice],
  installRefused: ['host-refused', hostRefused, texts.installRefused, texts.installRefusedAdvice],
  notPlaced: ['host-refused', hostRefused, texts.notPlaced, texts.notPlacedAdvice],
  notRemoved: ['host-refused', hostRefused, texts.notRemoved, texts.notRemovedAdvice],
});
