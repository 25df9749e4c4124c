/**
 * An Open Platform on loopback, for trying, demos and tests: the unmodified SDK talks to it.
 * In: HTTP calls and WebSocket frames as Feishu's; messages of people and faults, as calls here.
 * Out: answers, events over the long connection, and a record of everything that went by.
 */

import { EVENT_ACK_MS, SCAN_LINK_MS } from '../platform/limits.ts';
import { applicationV6Routes } from './api/application-v6.ts';
import { applicationV7Routes, makeVersion, reviewVersion } from './api/application-v7.ts';
import { botRoutes } from './api/bot-api.ts';
import { chatRoutes } from './api/chat-api.ts';
import { downloadRoutes } from './api/download.ts';
import { uploadRoutes } from './api/media-api.ts';
import { messageRoutes } from './api/message-api.ts';
import { reactionRoutes } from './api/reaction-api.ts';
import { readingRoutes } from './api/reading.ts';
import { createRouter } from './api/router.ts';
import { sendingRoutes } from './api/sending.ts';
import { createTokens } from './api/tokens.ts';
import { createConnections } from './connection/connections.ts';
import { createDelivery } from './connection/delivery.ts';
import type { Sandbox, SandboxOptions } from './contract.ts';
import { createControl } from './control.ts';
import { createRateLimits } from './http/rate-limits.ts';
import type { RecordedCall } from './http/recording.ts';
import { startServer } from './http/server.ts';
import { consoleRoutes } from './page/console-pages.ts';
import { createPeople } from './people/people.ts';
import { unionIdOf } from './people/person.ts';
import { changeReactions } from './people/reacting.ts';
import { recallMessage } from './people/recalling.ts';
import { confirmRoutes } from './registration/confirm-pages.ts';
import { addToApp, confirm } from './registration/confirming.ts';
import { createRegistration } from './registration/registration.ts';
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
  const now = options.now ?? Date.now;
  const tenantKey = hex(16);
  const user = { openId: newId.user(), name: 'Sandbox User' };
  const apps = new Map<string, SandboxApp>();
  const calls: RecordedCall[] = [];
  const faults = createFaults();
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
  });
  const tokens = createTokens(apps, now, options.tokenLifetimeMs);
  const limits = createRateLimits(options.rateLimits ?? {}, now);
  const resources = createResources();
  const world = {
    apps,
    chats,
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
    createApp: addApp,
    changeApp(appId, addons) {
      const app = apps.get(appId);
      if (app) addToApp(app, addons, { waits: false });
      return app;
    },
    confirm: (link) => void confirm(apps, link, { waits: false }),
  });

  const controlPath = `/control/${hex(32)}`;
  const isControl = (path: string): boolean => path.startsWith(`${controlPath}/`);
  let route: ReturnType<typeof createRouter> | undefined;
  let control: ReturnType<typeof createControl> | undefined;
  let refusal: NodeJS.Timeout | undefined;
  const server = await startServer({
    host,
    port: options.port ?? 0,
    now,
    faults,
    isControl,
    answer: async (call) =>
      (await (isControl(call.url.pathname) ? control : route)?.(call)) ?? { status: 503, body: '' },
    upgrade: (...upgrade) => connections.upgrade(...upgrade),
    onCall: (call) => calls.push(call),
  });
  url = `http://${host}:${server.port}`;
  route = createRouter({
    routes: [
      ...tokens.routes,
      ...connections.routes,
      ...botRoutes(`${url}/avatar.png`),
      ...sendingRoutes({ apps, chats, limits, now, nextTime }),
      ...readingRoutes({ apps, chats }),
      ...messageRoutes({
        apps,
        chats,
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
      ...chatRoutes(chats, unionIdOf),
      ...applicationV6Routes(apps),
      ...applicationV7Routes(now),
      ...registrationRoutes,
      ...confirmRoutes((link) => void confirm(apps, link, { waits: false })),
      ...consoleRoutes,
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
    fault: faults.add,
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
