/** The errors of calling the platform, apart from those that it answers itself (errors/error-table.ts). */
import { errorCatalogue } from '../shared/error-catalogue.ts';
import { ExitCode } from '../shared/errors.ts';
import { platformTexts as texts } from './platform-texts.ts';

const { appNotReady, cancelled, unavailable, usage } = ExitCode;

export const platformError = errorCatalogue({
  cancelled: ['cancelled', cancelled, texts.cancelled, undefined, false],
  closedEarly: [
    'platform-error',
    unavailable,
    texts.connectionClosed,
    texts.handshakeRefusedAdvice,
    true,
  ],
  domainInvalid: ['domain-invalid', usage, texts.domainInvalid, texts.domainInvalidAdvice, false],
  endpointRefused: [
    'app-not-ready',
    appNotReady,
    texts.endpointRefused,
    texts.endpointRefusedAdvice,
    false,
  ],
  handshakeRefused: [
    'app-not-ready',
    appNotReady,
    texts.handshakeRefused,
    texts.handshakeRefusedAdvice,
    false,
  ],
  handshakeFailed: [
    'platform-error',
    unavailable,
    texts.handshakeRefused,
    texts.handshakeRefusedAdvice,
    true,
  ],
  malformedAnswer: [
    'platform-error',
    unavailable,
    texts.malformedAnswer,
    texts.malformedAnswerAdvice,
    true,
  ],
  notJson: ['platform-error', unavailable, texts.notJson, texts.notJsonAdvice, true],
  rateLimited: ['rate-limited', unavailable, texts.rateLimited, texts.rateLimitedAdvice, true],
  scanNotOffered: [
    'scan-unavailable',
    unavailable,
    texts.scanNotOffered,
    texts.scanNotOfferedAdvice,
    false,
  ],
  serverFailed: ['platform-error', unavailable, texts.serverFailed, texts.serverFailedAdvice, true],
});
