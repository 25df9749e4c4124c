/** Formats an event of `run` as JSON or as lines. Shows message texts only when verbose. Pure. */
import type { AccountEvent } from '../../channel/account-event.ts';
import { channelTexts as texts } from '../../channel/channel-texts.ts';
import type { ConnectionState } from '../../channel/connection/connection.ts';
import type { InboundMessage } from '../../channel/message/event.ts';
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { visible } from '../../shared/terminal/visible.ts';
import {
  asLocalized,
  type Lang,
  type LocalizedText,
  localize,
  render,
  type Text,
} from '../../shared/text/text.ts';
import type { RunEventDocument } from './documents.ts';

export interface EventOptions {
  readonly lang: Lang;
  readonly verbose: boolean;
  /** Writes advice: a text whose commands are for the config of this run. */
  readonly say: (text: LocalizedText | Text) => string;
}

type Writing = Pick<EventOptions, 'lang' | 'say'>;

/** One line of `run --json`. */
export function eventDocument(
  event: AccountEvent,
  { lang, verbose, say }: EventOptions,
): RunEventDocument {
  const { account } = event;
  switch (event.event) {
    case 'ready':
      return { event: event.event, account, bot: event.bot ?? null };
    case 'state':
      return {
        event: event.event,
        account,
        state: event.state,
        ...errorPart(event.error, { lang, say }),
      };
    case 'received': {
      const shown = { event: event.event, account, ...ids(event.message) };
      return verbose ? { ...shown, text: event.content.text } : shown;
    }
    case 'answered':
      return {
        event: event.event,
        account,
        ...ids(event.message),
        parts: event.parts,
        ms: event.ms,
      };
    case 'ignored':
      return { event: event.event, account, ...ids(event.message), reason: event.reason };
    case 'notice': {
      const { kind, ...about } = event.notice;
      return { event: event.event, account, notice: kind, ...about };
    }
    case 'inbox': {
      const { is: state, waiting } = event;
      return { event: event.event, account, state, ...(waiting !== undefined && { waiting }) };
    }
    case 'error':
      return {
        event: event.event,
        account,
        ...(event.message && ids(event.message)),
        ...errorPart(event.error, { lang, say }),
      };
    default:
      return event satisfies never;
  }
}

const stateTexts: Readonly<Record<ConnectionState['state'], Text>> = {
  connecting: texts.stateConnecting,
  connected: texts.stateConnected,
  reconnecting: texts.stateReconnecting,
  failed: texts.stateFailed,
  stopped: texts.stateStopped,
};

const inboxTexts: Readonly<Record<Extract<AccountEvent, { event: 'inbox' }>['is'], Text>> = {
  'left-over': texts.lineLeftOver,
  shared: texts.lineShared,
  'taken-over': texts.lineTakenOver,
  'well-again': texts.lineWellAgain,
};

/** The same for a person. */
export function eventLines(
  event: AccountEvent,
  { lang, verbose, say }: EventOptions,
): readonly string[] {
  const { account } = event;
  const line = (text: Text, params: Record<string, string | number>): string =>
    render(localize(text, { account, ...params }), lang);
  const problem = (error: MoltbotFeishuError | undefined): readonly string[] =>
    error ? problemLines(error, account, { lang, say }) : [];
  switch (event.event) {
    case 'ready':
      return [line(texts.lineReady, { bot: event.bot?.name ?? '?' })];
    case 'state': {
      const state = render(stateTexts[event.state], lang);
      return [line(texts.lineState, { state }), ...problem(event.error)];
    }
    case 'received': {
      const { messageId, chatId } = event.message;
      const text = verbose
        ? [render(localize(texts.lineText, { text: event.content.text }), lang)]
        : [];
      return [line(texts.lineReceived, { messageId, chatId }), ...text];
    }
    case 'answered':
      return [line(texts.lineAnswered, { messageId: event.message.messageId, ms: event.ms })];
    case 'ignored': {
      const { messageId } = event.message;
      return [line(texts.lineIgnored, { messageId, reason: event.reason })];
    }
    case 'notice':
      // Nothing that a person has to know.
      return [];
    case 'inbox':
      return [line(inboxTexts[event.is], { waiting: event.waiting ?? 0 })];
    case 'error':
      return problem(event.error);
    default:
      return event satisfies never;
  }
}

function problemLines(
  error: MoltbotFeishuError,
  account: string,
  { lang, say }: Writing,
): readonly string[] {
  const what = render(
    localize(texts.lineError, { account, problem: asLocalized(error.what) }),
    lang,
  );
  const stderr = stderrOf(error).map((line) => render(localize(texts.lineStderr, { line }), lang));
  if (!error.advice) return [what, ...stderr];
  const advice = say(error.advice);
  const url =
    error.url !== undefined && !advice.includes(error.url) ? [`  ${visible(error.url)}`] : [];
  const adviceLine = say(localize(texts.lineAdvice, { fix: asLocalized(error.advice) }));
  return [what, ...stderr, adviceLine, ...url];
}

/** The last output of a failed command; for its operator only. */
function stderrOf({ details }: MoltbotFeishuError): readonly string[] {
  return Array.isArray(details.stderr) ? details.stderr.map(String) : [];
}

function errorPart(
  error: MoltbotFeishuError | undefined,
  { lang, say }: Writing,
): Pick<Extract<RunEventDocument, { event: 'error' }>, 'error'> {
  if (!error) return {};
  return {
    error: {
      code: error.code,
      message: render(error.what, lang),
      ...(stderrOf(error).length > 0 && { stderr: stderrOf(error) }),
      ...(error.advice && { fix: say(error.advice) }),
      ...(error.feishuCode !== undefined && { feishuCode: error.feishuCode }),
      ...(error.url !== undefined && { url: error.url }),
      ...(error.logId !== undefined && { logId: error.logId }),
    },
  };
}

function ids({ eventId, messageId, chatId }: InboundMessage) {
  return { eventId, messageId, chatId };
}
