/** bot/v3/info. */
import { refusal } from '../../http/answers.ts';
import type { Route } from '../../http/call.ts';

export function botRoutes(avatarUrl: string): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/open-apis/bot/v3/info',
      access: 'app',
      scopes: [],
      handle: ({ app }) => {
        if (!app.state.published || !app.state.bot) return refusal(11205, 'app do not have bot');
        const bot = {
          activate_status: 2,
          app_name: app.state.name,
          avatar_url: avatarUrl,
          ip_white_list: app.state.ipAllowList,
          open_id: app.botOpenId,
        };
        // At the top level, not under `data`.
        return { status: 200, body: { code: 0, msg: 'ok', bot } };
      },
    },
  ];
}
