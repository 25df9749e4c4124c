/** The pages of the console and the client that setup and doctor link to. */
import type { Answer } from '../http/answers.ts';
import type { Call, Route } from '../http/call.ts';
import type { SandboxApp } from '../state/app-state.ts';
import { asset, icon } from './assets.ts';
import { type ConsoleView, consolePage, pressOnConsole } from './console-page.ts';
import { formIn, htmlPage } from './page.ts';

export interface ConsoleOptions {
  readonly apps: ReadonlyMap<string, SandboxApp>;
  readonly connections: (appId: string) => number;
  readonly now: () => number;
}

const paths = ['/app/:app_id', '/app/:app_id/:page', '/app/:app_id/:page/:part'];

export interface Console {
  readonly routes: readonly Route[];
  /** The page of an app's permissions, and its button. */
  permissions(call: Call): Answer;
}

export function createConsole(options: ConsoleOptions): Console {
  const { apps, connections, now } = options;

  function viewOf({ params, query }: Call): ConsoleView | undefined {
    const app = apps.get(params.app_id ?? '');
    if (!app) return undefined;
    return {
      app,
      page: params.page ?? '',
      tab: query.get('tab') ?? '',
      connections: connections(app.appId),
    };
  }
  const show = (call: Call): Answer => {
    const view = viewOf(call);
    const page = view && consolePage(view);
    return page ? htmlPage(page) : notFound();
  };
  const press = (call: Call): Answer => {
    const view = viewOf(call);
    if (!view) return notFound();
    const reason = pressOnConsole(formIn(call.body), view, now());
    if (reason !== undefined) return htmlPage({ status: 409, title: '409', lines: [reason] });
    const page = consolePage(view);
    return page ? htmlPage({ ...page, lines: ['已保存 · Saved', ...page.lines] }) : notFound();
  };
  const allApps = (): Answer =>
    htmlPage({
      title: '应用 · Apps',
      lines: [...apps.values()].map(({ appId, state }) => `${state.name} · ${appId}`),
    });
  const openBot = ({ query }: Call): Answer => {
    const app = apps.get(query.get('appId') ?? '');
    if (!app) return notFound();
    // The chat page is for those who have its link: this page does not give it away.
    return htmlPage({
      title: app.state.name,
      lines: [
        '请打开 moltbot-feishu sandbox 输出中的 page 链接，与机器人聊天。',
        'Open the link `page` in the output of moltbot-feishu sandbox to chat with the bot.',
      ],
    });
  };
  const routes: readonly Route[] = [
    { method: 'GET', path: '/page/client.css', access: 'open', handle: () => asset('client.css') },
    { method: 'GET', path: '/page/icon.svg', access: 'open', handle: icon },
    { method: 'GET', path: '/app', access: 'open', handle: allApps },
    { method: 'GET', path: '/admin', access: 'open', handle: allApps },
    { method: 'GET', path: '/client/bot/open', access: 'open', handle: openBot },
    ...paths.flatMap((path): Route[] => [
      { method: 'GET', path, access: 'open', handle: show },
      { method: 'POST', path, access: 'open', handle: press },
    ]),
  ];
  return {
    routes,
    permissions(call) {
      const onPage = { ...call, params: { ...call.params, page: 'auth' } };
      return call.method === 'POST' ? press(onPage) : show(onPage);
    },
  };
}

const notFound = (): Answer =>
  htmlPage({
    status: 404,
    title: '404',
    lines: ['没有此应用或页面 · There is no such app or page'],
  });
