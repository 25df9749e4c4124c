/** The errors of putting the plugin into a host. */
import { errorCatalogue } from '../../shared/error-catalogue.ts';
import { ExitCode } from '../../shared/errors.ts';
import { machineTexts as texts } from './machine-texts.ts';

const { hostRefused, usage } = ExitCode;

export const machineError = errorCatalogue({
  foreignPlugin: ['host-refused', hostRefused, texts.foreign, texts.foreignAdvice],
  installRefused: ['host-refused', hostRefused, texts.installRefused, texts.installRefusedAdvice],
  needsConsent: ['host-refused', hostRefused, texts.foreign, texts.consentAdvice],
  noFormerPlugin: ['no-former-plugin', usage, texts.noFormer, texts.noFormerAdvice],
  formerUnnamed: ['no-former-plugin', usage, texts.formerUnnamed, texts.formerUnnamedAdvice],
  formerUnclear: ['no-former-plugin', usage, texts.formerUnclear, texts.formerUnnamedAdvice],
  widerInFormer: ['no-former-plugin', usage, texts.widerInFormer, texts.widerInFormerAdvice],
  noHostForFormer: [
    'host-refused',
    hostRefused,
    texts.noHostForFormer,
    texts.noHostForFormerAdvice,
  ],
  notMoved: ['host-refused', hostRefused, texts.notMoved, texts.notPlacedAdvice],
  notSwitched: ['host-refused', hostRefused, texts.notSwitched, texts.notSwitchedAdvice],
  notPlaced: ['host-refused', hostRefused, texts.notPlaced, texts.notPlacedAdvice],
  notRemoved: ['host-refused', hostRefused, texts.notRemoved, texts.notRemovedAdvice],
});
