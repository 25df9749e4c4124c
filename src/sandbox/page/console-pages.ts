/** Pages for links to the console: the sandbox has none, so they point to its control URL. */
import type { Route } from '../http/call.ts';

const paths = ['/app', '/app/:app_id', '/app/:app_id/:page', '/app/:app_id/:page/:part'];

export const consoleRoutes: readonly Route[] = paths.map((path) => ({
  method: 'GET',
  path,
  access: 'open',
  handle: () => ({
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'This is the moltbot-feishu sandbox. It has no console; change the app through its control URL (POST app).\n',
  }),
}));
