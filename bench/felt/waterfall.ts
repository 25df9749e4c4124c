/** Where the time of one turn goes, as far as it is seen from outside the host. Pure. */
import type { FeltHost } from './felt-host.ts';
import type { Turn, TurnTimes } from './turn-times.ts';

export interface Step {
  /** Since the question (ms). */
  readonly at: number;
  readonly what: string;
}

export function waterfall(
  { question, askedAt, messageId }: Turn,
  times: TurnTimes,
  { sandbox, modelTimes }: FeltHost,
): readonly Step[] {
  const end = askedAt + (times.whole ?? 0) + 1000;
  const steps: Step[] = [];
  const add = (at: number | undefined, what: string): void => {
    if (at !== undefined) steps.push({ at: at - askedAt, what });
  };
  for (const delivery of sandbox.deliveries()) {
    if (delivery.messageId !== messageId) continue;
    add(delivery.sentAt, 'the event is sent');
    add(delivery.ackedAt, 'the event is acknowledged');
  }
  for (const [index, { askedAt: at, firstWordAt, lastWordAt }] of modelTimes(question).entries()) {
    add(at, `the model is asked (${index + 1})`);
    add(firstWordAt, 'its first word');
    add(lastWordAt, 'its last word');
  }
  for (const { at, method, path, status } of sandbox.calls()) {
    if (at < askedAt || at > end || !path.startsWith('/open-apis/')) continue;
    add(at, `${method} ${shortPath(path)} ${status}`);
  }
  add(times.sign === undefined ? undefined : askedAt + times.sign, 'SEEN: first sign');
  add(times.firstText === undefined ? undefined : askedAt + times.firstText, 'SEEN: first text');
  add(times.whole === undefined ? undefined : askedAt + times.whole, 'SEEN: whole');
  return steps.sort((one, other) => one.at - other.at);
}

/** Ids make a path unreadable. */
const shortPath = (path: string): string =>
  (path.split('?')[0] ?? '')
    .replace('/open-apis', '')
    .replace(/\/(?:om|ou|oc|ctp|AAq)\w+|\/\d{5,}/g, '/…');
