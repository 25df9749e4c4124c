import { describe, expect, it } from 'vitest';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';

const { start } = useSandboxes();

async function open(url: string): Promise<{ status: number; html: string }> {
  const response = await fetch(url);
  return { status: response.status, html: await response.text() };
}

/** Presses a button of the page: its form posts to the page's own address. */
async function press(url: string, decision = 'confirm'): Promise<number> {
  const { html } = await open(url);
  expect(html).toContain(`value="${decision}"`);
  const body = new URLSearchParams({ decision });
  return (await fetch(url, { method: 'POST', body })).status;
}

describe('the page that a link leads to', () => {
  it('grants the scopes that it asks for', async () => {
    const sandbox = await start({ app: { scopes: [] } });
    const page = `${sandbox.url}/app/${sandbox.appId}/auth?q=im:message,im:resource&op_from=x`;
    expect((await open(page)).html).toContain('<p>im:resource</p>');
    expect(await press(page)).toBe(200);
    const { scopes } = (await (await caller(sandbox))('GET', 'application/v6/scopes')).body.data;
    expect(scopes).toMatchObject([{ scope_name: 'im:message' }, { scope_name: 'im:resource' }]);
    const single = `${sandbox.url}/page/scope-apply?clientID=${sandbox.appId}&scopes=im:chat`;
    expect(await press(single)).toBe(200);
    expect(await press(page.replace(sandbox.appId, 'cli_none'))).toBe(404);
  });

  it('makes the app that a scan asks for, or refuses it', async () => {
    const sandbox = await start();
    const post = async (form: Record<string, string>) => {
      const response = await fetch(`${sandbox.url}/oauth/v1/app/registration`, {
        method: 'POST',
        body: new URLSearchParams(form),
      });
      return (await response.json()) as Record<string, string>;
    };
    const begun = await post({ action: 'begin' });
    const page = `${begun.verification_uri_complete}&name=%3Cb%3EBot`;
    expect((await open(page)).html).toContain('&#60;b&#62;Bot');
    expect(await press(page)).toBe(200);
    const poll = { action: 'poll', device_code: begun.device_code ?? '' };
    const { client_id: appId = '', client_secret: appSecret = '' } = await post(poll);
    const call = await caller(sandbox, { appId, appSecret });
    expect((await call('GET', 'bot/v3/info')).body.bot.app_name).toBe('<b>Bot');
    expect(await press(page)).toBe(410);

    const second = await post({ action: 'begin' });
    expect(await press(second.verification_uri_complete ?? '', 'refuse')).toBe(200);
    expect(await post({ action: 'poll', device_code: second.device_code ?? '' })).toMatchObject({
      error: 'access_denied',
    });
  });

  it('changes an app that there is', async () => {
    const sandbox = await start({ app: { events: [] } });
    const addons = Buffer.from('{}').toString('base64url');
    const page = `${sandbox.url}/page/launcher?clientID=${sandbox.appId}&addons=${addons}`;
    expect(await press(page)).toBe(200);
    expect((await open(`${sandbox.url}/page/launcher`)).status).toBe(404);
  });
});
