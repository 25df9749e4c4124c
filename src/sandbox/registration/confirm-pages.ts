/** The console's pages that ask for something, with a button that confirms it. */
import type { Answer } from '../http/answers.ts';
import type { Call, Route } from '../http/call.ts';
import { htmlPage } from '../page/page.ts';

const paths = ['/app/:app_id/auth', '/page/scope-apply'];

/**
 * @param confirm throws RangeError where the link asks for nothing of an app that is here
 * @param permissions the page of an app's permissions and its button, for a link that asks for none
 */
export function confirmRoutes(
  confirm: (link: string) => void,
  permissions: (call: Call) => Answer,
): readonly Route[] {
  return paths.flatMap((path): Route[] => [
    {
      method: 'GET',
      path,
      access: 'open',
      handle: (call) => {
        const asked = askedOf(call);
        if (asked === '') return permissions(call);
        return htmlPage({
          title: '开通权限 · Add permission scopes',
          lines: asked.split(','),
          buttons: [{ value: 'confirm', label: '确认开通 · Confirm' }],
        });
      },
    },
    {
      method: 'POST',
      path,
      access: 'open',
      handle: (call) => (askedOf(call) === '' ? permissions(call) : confirmed(call, confirm)),
    },
  ]);
}

/** The scopes that a link asks for, separated by commas. */
function askedOf({ query }: Call): string {
  return query.get('q') ?? query.get('scopes') ?? '';
}

/** Confirms what the address of the call asks for. */
export function confirmed(
  call: Call,
  confirm: (link: string) => void,
): ReturnType<typeof htmlPage> {
  try {
    confirm(`http://sandbox${call.path}?${call.query}`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return htmlPage({ status: 404, title: '404', lines: [error.message] });
  }
  return htmlPage({ title: '已确认 · Confirmed', lines: ['请返回终端 · Back to the terminal'] });
}
