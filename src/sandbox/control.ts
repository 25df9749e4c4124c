/**
 * The sandbox over HTTP: everything that its functions do, for programs in other processes.
 *
 * Below `controlUrl`, whose path holds a random token. Bodies and answers are JSON; an input that
 * does not fit is answered 400 `{error}`.
 *
 * | call | body | answer |
 * |---|---|---|
 * | POST say | {text?, content?, messageType?, images?, files?, audio?, video?, sticker?, card?, merged?, chatId?, chatType?, chatForm?, from?, mentionBot?, mention?, appId?, createTime?, threadId?, rootId?, parentId?, deliver?} | {eventId, messageId, chatId} |
 * | POST edit | {messageId, text?, content?, mentionBot?} | {eventId} |
 * | POST recall | {messageId, by?} : message_owner, group_owner, group_manager, enterprise_manager | {eventId} |
 * | POST react | {messageId, emojiType, from?, remove?} | {eventId} |
 * | POST click | {messageId, button? (its label), action?, from?} : answers when the app did | {eventId, answer?, code?} |
 * | POST menu | {eventKey, from?, appId?} | {eventId} |
 * | POST open | {from?, appId?} : a person opens the direct chat | {eventId, chatId} |
 * | POST disband | {chatId} | {} |
 * | GET messages?chatId&appId&fromBot&replyTo | | {messages} |
 * | GET deliveries | | {deliveries} |
 * | GET calls | | {calls} |
 * | GET connections?appId | | {connections} |
 * | POST app | {appId?, create?: true, ...changes of the app's state} | {appId, appSecret?} |
 * | POST review | {appId?, approve} | {reviewed} |
 * | POST version | {appId?, submit?} : as in the console; submitted unless false | {version, versionId} |
 * | POST grant | {appId?, scopes?} : the admin grants what waits | {} |
 * | POST confirm | {url, waits?} : a person confirms what a link asks for | {appId} |
 * | POST membership | {chatId, isMember, appId?} | {} |
 * | POST fault | {match: {method?, path?}, times?, after?, forMs?, do} ; path is a part of the path | {id} |
 * | POST fault/clear | {id?}; all without | {} |
 * | POST card-failure | {step, code, after?, times?} ; steps: create, send, content, settings, elements, update, batch | {} |
 * | GET seen?chatId | | {messages} : what people saw, and when |
 * | GET clock, POST clock | POST: {advanceMs} | {time} |
 * | POST limits | {platform?, perChatPerSecond?, ...} : other rate limits | {} |
 * | POST tenant | {editWindowMs?, recallWindowMs?} | {} |
 * | POST interact | {messageId, isBusy} : a person uses a streamed card | {} |
 * | POST at-all | {chatId, isAllowed} | {} |
 * | POST drop | {appId?} | {dropped} |
 * | POST refuse | {forMs} : new TCP connections, control calls too | {} |
 * | POST mute | {on} | {} |
 * | POST resource | {kind, base64 or bytes, fileName?} ; bytes is how many to make up | {key} |
 * | GET registration | | {registrations} |
 * | POST registration/approve | {userCode?, url?, openId?, brand?, app?} | {appId, appSecret} |
 * | POST registration/deny, /expire, /slow-down | {userCode?} | {} |
 * | POST close | | {} |
 */
import { z } from 'zod';
import { cardActions } from './card-control.ts';
import type { Sandbox } from './contract.ts';
import type { Answer } from './http/answers.ts';
import { parseObject } from './http/call.ts';
import type { IncomingCall } from './http/server.ts';
import { taking } from './http/taking.ts';
import { peopleActions } from './people/people-control.ts';
import { faultRuleSchema } from './state/faults.ts';

const strings = z.array(z.string());
const mode = z.enum(['websocket', 'webhook']);
const appState = z.strictObject({
  name: z.string().exactOptional(),
  status: z.enum(['enabled', 'disabled']).exactOptional(),
  bot: z.boolean().exactOptional(),
  scopes: strings.exactOptional(),
  pendingScopes: strings.exactOptional(),
  exemptScopes: strings.exactOptional(),
  events: strings.exactOptional(),
  callbacks: strings.exactOptional(),
  eventMode: mode.exactOptional(),
  callbackMode: mode.exactOptional(),
  published: z.boolean().exactOptional(),
  availability: z.union([z.literal('all'), strings]).exactOptional(),
  ipAllowList: strings.exactOptional(),
  reviewRequired: z.boolean().exactOptional(),
  createSource: z.string().exactOptional(),
  adminScopes: strings.exactOptional(),
  kind: z.enum(['custom', 'store']).exactOptional(),
  tellsSubscription: z.boolean().exactOptional(),
  listsVersions: z.boolean().exactOptional(),
  servesMergedFiles: z.boolean().exactOptional(),
});
const appId = z.string().exactOptional();
const userCode = z.strictObject({ userCode: z.string().exactOptional() });

/** Answers the calls below `prefix`. */
export function createControl(
  prefix: string,
  sandbox: Sandbox,
): (call: IncomingCall) => Promise<Answer> {
  const faults = new Map<string, { clear(): void }>();

  const actions: Readonly<Record<string, (input: unknown) => unknown>> = {
    ...peopleActions(sandbox),
    'GET messages': taking(
      z.object({
        chatId: z.string().exactOptional(),
        appId: z.string().exactOptional(),
        fromBot: z.stringbool().exactOptional(),
        replyTo: z.string().exactOptional(),
      }),
      (filter) => ({ messages: sandbox.messages(filter) }),
    ),
    'GET deliveries': () => ({ deliveries: sandbox.deliveries() }),
    'GET calls': () => ({ calls: sandbox.calls() }),
    'GET connections': taking(z.object({ appId }), (input) => ({
      connections: sandbox.connections(input.appId),
    })),
    'POST app': taking(
      appState.extend({ appId, create: z.literal(true).exactOptional() }),
      ({ appId: named, create, ...state }) => {
        if (create) return sandbox.createApp(state);
        sandbox.configureApp(state, named);
        return { appId: named ?? sandbox.appId };
      },
    ),
    'POST review': taking(z.strictObject({ appId, approve: z.boolean() }), (input) => ({
      reviewed: sandbox.reviewVersion(input.approve, input.appId),
    })),
    'POST version': taking(
      z.strictObject({ appId, submit: z.boolean().exactOptional() }),
      (input) => sandbox.makeVersion(input.submit ?? true, input.appId),
    ),
    'POST grant': taking(z.strictObject({ appId, scopes: strings.exactOptional() }), (input) =>
      sandbox.grantScopes(input.scopes, input.appId),
    ),
    'POST confirm': taking(
      z.strictObject({ url: z.url(), waits: z.boolean().exactOptional() }),
      (input) => sandbox.confirm(input.url, { waits: input.waits ?? false }),
    ),
    'POST fault': taking(faultRuleSchema, (rule) => {
      const id = String(faults.size + 1);
      faults.set(id, sandbox.fault(rule));
      return { id };
    }),
    'POST fault/clear': taking(z.strictObject({ id: z.string().exactOptional() }), ({ id }) => {
      for (const [key, fault] of faults) if (id === undefined || id === key) fault.clear();
    }),
    ...cardActions(sandbox),
    'POST drop': taking(z.strictObject({ appId }), (input) => ({
      dropped: sandbox.dropConnections(input.appId),
    })),
    'POST refuse': taking(
      z.strictObject({ forMs: z.number().int().min(1).max(600_000) }),
      ({ forMs }) => sandbox.refuseFor(forMs),
    ),
    'POST mute': taking(z.strictObject({ on: z.boolean() }), ({ on }) => sandbox.mute(on)),
    'POST resource': taking(
      z.strictObject({
        kind: z.enum(['image', 'file']),
        base64: z.base64().exactOptional(),
        bytes: z.number().int().min(0).exactOptional(),
        fileName: z.string().exactOptional(),
      }),
      ({ kind, base64 = '', bytes, fileName }) => {
        const content = bytes === undefined ? Buffer.from(base64, 'base64') : { bytes };
        return { key: sandbox.putResource(kind, content, fileName) };
      },
    ),
    'GET registration': () => ({ registrations: sandbox.registration.pending() }),
    'POST registration/approve': taking(
      userCode.extend({
        url: z.url().exactOptional(),
        openId: z.string().exactOptional(),
        brand: z.enum(['feishu', 'lark']).exactOptional(),
        app: appState.exactOptional(),
      }),
      (approval) => sandbox.registration.approve(approval),
    ),
    'POST registration/deny': taking(userCode, (input) =>
      sandbox.registration.deny(input.userCode),
    ),
    'POST registration/expire': taking(userCode, (input) =>
      sandbox.registration.expire(input.userCode),
    ),
    'POST registration/slow-down': taking(userCode, (input) =>
      sandbox.registration.slowDown(input.userCode),
    ),
    'POST close': () => {
      // After the answer: closing cuts this very connection.
      setImmediate(() => void sandbox.close());
    },
  };

  return async ({ method, url, body }) => {
    const action = actions[`${method} ${url.pathname.slice(prefix.length + 1)}`];
    if (!action) return failure(404, 'no such control call');
    const text = body.toString('utf8');
    const input =
      method === 'GET' ? Object.fromEntries(url.searchParams) : parseObject(text || '{}');
    if (!input) return failure(400, 'the body is not a JSON object');
    try {
      return { status: 200, body: (await action(input)) ?? {} };
    } catch (error) {
      if (error instanceof z.ZodError) return failure(400, z.prettifyError(error));
      if (error instanceof RangeError) return failure(400, error.message);
      throw error;
    }
  };
}

const failure = (status: number, error: string): Answer => ({ status, body: { error } });
