/** The check of the host's agent: its newest failure, as the running plugin keeps it. */
import { localize } from '../../shared/text/text.ts';
import { doctorTexts } from '../doctor-texts.ts';
import { minutesSince } from '../minutes-since.ts';
import { hostCheck } from './host-check.ts';
import { hostTexts as texts } from './host-check-texts.ts';
import { hostedAccount, MAX_HOST_ANSWER_MS } from './host-status.ts';

export const agentCheck = hostCheck({
  id: 'agent',
  // Both ask the host the same thing once.
  after: ['channel'],
  deadlineMs: MAX_HOST_ANSWER_MS,
  async probe(context, facts, signal) {
    const { host, port, isUp } = facts;
    const params = { name: host.name, port };
    if (!isUp) return { status: 'skipped', detail: localize(texts.gatewayDown, params) };
    const own = await hostedAccount(context, facts, signal);
    if (!own) return { status: 'not-checked', detail: localize(texts.channelNotReported, params) };
    const failure = own.lastAgentFailure;
    if (!failure) return { status: 'ok', detail: texts.noAgentFailure };
    const minutes = minutesSince(failure.at, context.now());
    const ago = localize(doctorTexts.ago, { minutes });
    return {
      status: 'fail',
      detail: localize(texts.agentFailed, { ...params, ago, error: failure.error }),
      advice: localize(texts.agentFailedAdvice, params),
    };
  },
});
