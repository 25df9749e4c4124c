/** The check of the runtime: whether a process listens. */
import { gatewayStartProblem } from '../../host/machine/installed/gateway-start-problem.ts';
import { localize } from '../../shared/text/text.ts';
import { type Check, finding } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { runtimeTexts as texts } from './runtime-texts.ts';

type RuntimeCheck = Check<DoctorContext>;

export const onlineCheck: RuntimeCheck = {
  id: 'online',
  needs: ['connection'],
  async probe({ found: { online: count }, hostFacts, env }) {
    if (count === undefined) return { status: 'not-checked', detail: texts.onlineNotReported };
    if (count > 0) return { status: 'ok', detail: localize(texts.clientsOnline, { count }) };
    const { host, settings } = await hostFacts();
    if (!host)
      return { status: 'warn', detail: texts.noClientOnline, advice: texts.noClientOnlineAdvice };
    const { name } = host;
    const obstacle = gatewayStartProblem(settings, name, env);
    const command = obstacle ? `${obstacle.command} && ${name} gateway run` : `${name} gateway run`;
    return finding('warn', texts.noClientOnline, texts.noClientOnlineHostAdvice, { command });
  },
};
