/** The errors of an account that runs, and of its turns. */
import { errorCatalogue } from '../shared/error-catalogue.ts';
import { ExitCode } from '../shared/errors.ts';
import { channelTexts as texts } from './channel-texts.ts';

const { config, internal, unavailable } = ExitCode;

export const channelError = errorCatalogue({
  agentFailed: ['agent-failed', internal, texts.agentFailed, undefined, false],
  badAppId: ['app-id-invalid', config, texts.badAppId, texts.badAppIdAdvice, false],
  connectionFault: ['internal', internal, texts.connectionFault, undefined, true],
  eventMalformed: ['event-malformed', unavailable, texts.eventMalformed, undefined, false],
  handshakeFailed: [
    'platform-unreachable',
    unavailable,
    texts.handshakeFailed,
    texts.handshakeAdvice,
    true,
  ],
  handshakeRefused: [
    'platform-error',
    unavailable,
    texts.handshakeRefused,
    texts.handshakeAdvice,
    true,
  ],
  notCounted: [
    'connection-not-counted',
    unavailable,
    texts.notCounted,
    texts.notCountedAdvice,
    true,
  ],
  sameApp: ['app-id-duplicate', config, texts.sameApp, texts.sameAppAdvice, false],
  secretMissing: ['secret-missing', config, texts.secretMissing, texts.secretMissingAdvice, false],
  turnFailed: ['internal', internal, texts.agentFailed, undefined, false],
  turnParked: ['turn-parked', internal, texts.turnParked, texts.turnParkedAdvice, false],
});
