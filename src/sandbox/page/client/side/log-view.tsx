/** The log beside the chat: each call of an app, and each event that it was sent. */
import type { JSX } from 'preact';
import type { FeedCall, FeedEvent } from '../../feed-form.ts';
import { usePage } from '../context.ts';

type Entry =
  | { readonly at: number; readonly call: FeedCall }
  | { readonly at: number; readonly event: FeedEvent };

const SHOWN = 200;

export function LogView(): JSX.Element {
  const { data, say } = usePage();
  const entries: Entry[] = [
    ...data.calls.map((call) => ({ at: call.at, call })),
    ...[...data.events.values()].map((event) => ({ at: event.at, event })),
  ];
  const shown = entries.sort((one, other) => other.at - one.at).slice(0, SHOWN);
  return (
    <aside class="log" aria-label={say('log')}>
      <h2>{say('log')}</h2>
      {shown.length === 0 && <p class="hint">{say('noLog')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls needs the keyboard */}
      <ol tabIndex={0}>
        {shown.map((entry) =>
          'call' in entry ? (
            <CallEntry key={`call ${entry.call.id}`} call={entry.call} />
          ) : (
            <EventEntry key={`event ${entry.event.id}`} event={entry.event} />
          ),
        )}
      </ol>
    </aside>
  );
}

function CallEntry({ call }: { readonly call: FeedCall }): JSX.Element {
  const head = (
    <>
      <span class={call.status >= 400 || call.status === 0 ? 'status bad' : 'status'}>
        {call.status}
      </span>{' '}
      <strong>{call.method}</strong> {call.path}
    </>
  );
  if (call.body === '') return <li>{head}</li>;
  return (
    <li>
      <details>
        <summary>{head}</summary>
        <pre>{call.body}</pre>
      </details>
    </li>
  );
}

function EventEntry({ event }: { readonly event: FeedEvent }): JSX.Element {
  const { lang, say } = usePage();
  const { ackMs, undelivered } = event;
  return (
    <li class="event">
      <strong>{event.eventType}</strong>{' '}
      {undelivered !== undefined
        ? say('withheld', { reason: undelivered[lang] })
        : ackMs === undefined
          ? say('waiting')
          : say('acknowledged', { ms: ackMs })}
    </li>
  );
}
