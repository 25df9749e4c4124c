/**
 * An Open Platform on loopback, for trying, demos and tests: the unmodified SDK talks to it.
 * In: HTTP calls and WebSocket frames as Feishu's; messages of people and faults, as calls here.
 * Out: answers, events over the long connection, and a record of everything that went by.
 */

import { EVENT_ACK_MS, SCAN_LINK_MS } from '../platform/limits.ts';
import { applicationV6Routes } from './api/app/application-v6.ts';
import { applicationV7Routes, makeVersion, reviewVersion } from './api/app/application-v7.ts';
import { botRoutes } from './api/app/bot-api.ts';
import { slashCommandRoutes } from './api/app/slash-command-api.ts';
import { cardEntityRoutes } from './api/cards/card-entity-api.ts';
import { chatRoutes } from './api/chat-api.ts';
import { downloadRoutes } from './api/media/download.ts';
import { uploadRoutes } from './api/media/media-api.ts';
import { memberRoutes } from './api/member-api.ts';
import { delayedUpdateRoutes } from './api/messages/delayed-update-api.ts';
import { messageRoutes } from './api/messages/message-api.ts';
import { pinRoutes } from './api/messages/pin-api.ts';
import { reactionRoutes } from './api/messages/reaction-api.ts';
import { readingRoutes } from './api/messages/reading.ts';
import { sendingRoutes } from './api/messages/sending.ts';
import { createRouter } from './api/router.ts';
import { createTokens } from './api/tokens.ts';
import { createCardEntities } from './cards/card-entities.ts';
import { ruleFor } from './cards/card-failures.ts';
import { createClickTokens } from './cards/click-tokens.ts';
import { createConnections } from './connection/connections.ts';
import { createDelivery } from './connection/delivery.ts';
import type { Sandbox, SandboxOptions } from './contract.ts';
import { createControl } from './control.ts';
import { createRateLimits } from './http/rate-limits.ts';
import type { RecordedCall } from './http/recording.ts';
import { startServer } from './http/server.ts';
import { isForeign } from './page/access.ts';
import { createChatPage } from './page/chat-page.ts';
import { createConsole } from './page/console-pages.ts';
import { createFeed } from './page/feed.ts';
import { changeReactions } from './people/acts/reacting.ts';
import { recallMessage } from './people/acts/recalling.ts';
import { createPeople } from './people/people.ts';
import { unionIdOf } from './people/person.ts';
import { confirmRoutes } from './registration/confirm-pages.ts';
import { addToApp, confirm } from './registration/confirming.ts';
import { createRegistration } from './registration/registration.ts';
import { recordChanges } from './seen/record.ts';
import {
  type AppState,
  configure,
  grantScopes,
  newApp,
  type SandboxApp,
} from './state/app-state.ts';
import { createChatStore } from './state/chats.ts';
import { createFaults } from './state/faults.ts';
import { hex, newId } from './state/ids.ts';
import { createAwaitedAnswers } from './state/next-answer.ts';
import { createResources } from './state/resources.ts';
import { defaultTenant } from './state/tenant.ts';

export type { Sandbox, SandboxOptions } from './contract.ts';
export type { AppState } from './state/app-state.ts';
export type { FaultRule } from './state/faults.ts';

const defaults = {
  redeliveryMs: [300, 1_500, 5_000, 15_000],
  ackTimeoutMs: EVENT_ACK_MS,
  fragmentBytes: 64 * 1024,
  registration: { intervalS: 1, expiresInS: SCAN_LINK_MS / 1000 },
  clientConfig: { ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0, PingInterval: 2 },
} as const;

/** Starts a sandbox. Throws what listening throws: EADDRINUSE where the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1';
  const clock = options.now ?? Date.now;
  let ahead = 0;
  const now = (): number => clock() + ahead;
  const tenantKey = hex(16);
  const user = { openId: newId.user(), name: 'Sandbox User' };
  const apps = new Map<string, SandboxApp>();
  const calls: RecordedCall[] = [];
  const faults = createFaults(now);
  const chats = createChatStore(now);
  chats.users.set(user.openId, user);
  const answers = createAwaitedAnswers(chats);
  const nextTime = strictlyRising(now);

  function addApp(state: Partial<AppState>): SandboxApp {
    const app = newApp({ state, tenantKey, ownerOpenId: user.openId, now: now() });
    apps.set(app.appId, app);
    return app;
  }
  const firstApp = addApp(options.app ?? {});
  let isFirstTaken = false;
  function appNamed(appId = firstApp.appId): SandboxApp {
    const app = apps.get(appId);
    if (!app) throw new RangeError(`the sandbox has no app ${appId}`);
    return app;
  }

  // The port is known only after listening; nothing asks for the URL before.
  let url = '';
  const connections = createConnections({
    apps,
    callerAddress: host,
    clientConfig: { ...defaults.clientConfig, ...options.clientConfig },
    eagerDelivery: options.eagerDelivery ?? false,
    wsUrl: () => url.replace(/^http/, 'ws'),
    onReady: (connection) => delivery.connectionReady(connection),
    onAck: (connection, frame) => delivery.acknowledged(connection, frame),
    onGone: (connection) => delivery.connectionGone(connection),
  });
  const delivery = createDelivery({
    redeliveryMs: options.redeliveryMs ?? defaults.redeliveryMs,
    ackTimeoutMs: options.ackTimeoutMs ?? defaults.ackTimeoutMs,
    fragmentBytes: options.fragmentBytes ?? defaults.fragmentBytes,
    waitForConnection: options.eagerDelivery ?? false,
    now,
    random: options.random ?? Math.random,
    ready: connections.ready,
    count: connections.count,
    onChange: () => feed.changed(),
  });
  const resources = createResources();
  const feed = createFeed({
    apps,
    chats,
    resources,
    deliveries: delivery.log,
    connections: connections.count,
    url: () => url,
  });
  const tokens = createTokens(apps, now, options.tokenLifetimeMs);
  const limits = createRateLimits(options.rateLimits ?? {}, now);
  const entities = createCardEntities({ chats, now });
  const clickTokens = createClickTokens(now);
  const tenant = { ...defaultTenant };
  const record = recordChanges(chats, now);
  const world = {
    apps,
    chats,
    entities,
    tokens: clickTokens,
    delivery,
    nextTime,
    defaultUser: user,
    fileNameOf: (key: string) => resources.get(key)?.fileName ?? '',
    appNamed,
  };
  const { routes: registrationRoutes, ...registration } = createRegistration({
    ...defaults.registration,
    ...options.registration,
    now,
    url: () => url,
    openId: user.openId,
    createApp(state) {
      if (options.registration?.takesFirstApp !== true || isFirstTaken) return addApp(state);
      isFirstTaken = true;
      configure(firstApp, state, now());
      return firstApp;
    },
    changeApp(appId, addons) {
      const app = apps.get(appId);
      if (app) addToApp(app, addons, { waits: false });
      return app;
    },
    confirm: (link) => void confirm(apps, link, { waits: false }),
  });

  const controlPath = `/control/${hex(32)}`;
  const isControl = (path: string): boolean => path.startsWith(`${controlPath}/`);
  /** A page that a person opens, or what it loads. */
  const isPage = (path: string): boolean => /^\/(?:page|app|admin|client)(?:\/|$)/.test(path);
  const chatPage = createChatPage({ path: `${controlPath}/page/`, feed, resources });
  let route: ReturnType<typeof createRouter> | undefined;
  let control: ReturnType<typeof createControl> | undefined;
  let refusal: NodeJS.Timeout | undefined;
  const server = await startServer({
    host,
    port: options.port ?? 0,
    tls: options.tls,
    now,
    faults,
    isControl,
    async answer(call) {
      const { pathname } = call.url;
      if ((isControl(pathname) || isPage(pathname)) && isForeign(call, new URL(url))) {
        return { status: 403, body: 'This page is for the machine that it runs on.\n' };
      }
      const answered = isControl(pathname)
        ? ((await chatPage(call)) ?? (await control?.(call)))
        : await route?.(call);
      return answered ?? { status: 503, body: '' };
    },
    upgrade: (...upgrade) => connections.upgrade(...upgrade),
    onCall(call) {
      calls.push(call);
      feed.called(call);
    },
  });
  url = `${options.tls ? 'https' : 'http'}://${host}:${server.port}`;
  const developerConsole = createConsole({ apps, connections: connections.count, now });
  route = createRouter({
    routes: [
      ...tokens.routes,
      ...connections.routes,
      ...botRoutes(`${url}/avatar.png`),
      ...delayedUpdateRoutes({ chats, entities, tokens: clickTokens }),
      ...cardEntityRoutes({ entities, chats, limits }),
      ...sendingRoutes({ apps, chats, entities, resources, limits, now, nextTime }),
      ...readingRoutes({ apps, chats }),
      ...messageRoutes({
        apps,
        chats,
        entities,
        tenant,
        now,
        limits,
        recall: (message) => void recallMessage(message, 'message_owner', world, false),
      }),
      ...reactionRoutes({
        chats,
        now,
        change: (message, reaction, change) =>
          void changeReactions(message, reaction, change, world, false),
      }),
      ...uploadRoutes(resources),
      ...downloadRoutes({ chats, resources }),
      ...pinRoutes({ chats, now }),
      ...memberRoutes(chats),
      ...chatRoutes(chats, unionIdOf),
      ...applicationV6Routes(apps),
      ...applicationV7Routes(now),
      ...slashCommandRoutes(),
      ...registrationRoutes,
      ...confirmRoutes(
        (link) => void confirm(apps, link, { waits: false }),
        developerConsole.permissions,
      ),
      ...developerConsole.routes,
    ],
    appOf: tokens.appOf,
    console: url,
    callerAddress: host,
    limits,
  });

  const [closed, nowClosed] = settleable();
  let closing: Promise<void> | undefined;
  async function end(): Promise<void> {
    clearTimeout(refusal);
    answers.close();
    feed.close();
    delivery.close();
    await server.close();
    // Connections that ended just now were still on the schedule's books.
    delivery.close();
    nowClosed();
  }

  const sandbox: Sandbox = {
    url,
    appId: firstApp.appId,
    appSecret: firstApp.appSecret,
    controlUrl: `${url}${controlPath}`,
    page: `${url}${controlPath}/page/`,
    user,
    createApp(patch = {}) {
      const { appId, appSecret } = addApp(patch);
      return { appId, appSecret };
    },
    botName: (appId) => appNamed(appId).state.name,
    configureApp: (patch, appId) => configure(appNamed(appId), patch, now()),
    ...createPeople(world),
    messages: (filter) => chats.list(filter),
    nextAnswer: (filter = {}, waitOptions) => answers.next(filter, waitOptions),
    watch: chats.watch,
    deliveries: () => delivery.log,
    seen: record.seen,
    fault: faults.add,
    failCard: (failure) => faults.add(ruleFor(failure)),
    advance(ms) {
      ahead += ms;
    },
    time: now,
    limitRates: limits.change,
    changeTenant: (changes) => void Object.assign(tenant, changes),
    interact(messageId, isBusy) {
      const entity = entities.of(messageId);
      if (!entity) throw new RangeError(`the message ${messageId} shows no card entity`);
      entity.interactions = Math.max(0, entity.interactions + (isBusy ? 1 : -1));
    },
    allowAtAll(chatId, isAllowed) {
      const chat = chats.chats.get(chatId);
      if (!chat) throw new RangeError(`the sandbox has no chat ${chatId}`);
      chat.allowsAtAll = isAllowed;
    },
    dropConnections: connections.drop,
    connections: connections.count,
    mute: connections.mute,
    calls: () => calls,
    refuse: server.refuse,
    refuseFor(ms) {
      server.refuse(true);
      clearTimeout(refusal);
      refusal = setTimeout(() => server.refuse(false), ms);
    },
    reviewVersion: (approve, appId) => reviewVersion(appNamed(appId), approve, now()),
    makeVersion(submitted, appId) {
      const { version, versionId } = makeVersion(appNamed(appId), submitted, now());
      return { version, versionId };
    },
    grantScopes: (scopes, appId) => grantScopes(appNamed(appId), scopes),
    confirm(link, { waits = false } = {}) {
      const { appId } = confirm(apps, link, { waits });
      return { appId };
    },
    resource: (key) => resources.get(key),
    putResource: (kind, content, fileName) => resources.put(kind, content, { fileName }),
    registration,
    revokeTokens: tokens.revokeAll,
    close() {
      closing ??= end();
      return closing;
    },
    closed,
  };
  control = createControl(controlPath, sandbox);
  return sandbox;
}

function settleable(): [Promise<void>, () => void] {
  let settle = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return [promise, settle];
}

/** The clock of messages: no two have the same time, and later ones have later times. */
function strictlyRising(now: () => number): () => number {
  let last = 0;
  return () => {
    last = Math.max(now(), last + 1);
    return last;
  };
}
