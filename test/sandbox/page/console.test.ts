import { describe, expect, it } from 'vitest';
import { consoleLinks } from '../../../src/platform/address/console-links.ts';
import { resolveEndpoints } from '../../../src/platform/address/endpoints.ts';
import { bareApp } from '../../../src/sandbox/state/app-state.ts';
import { everydayEvents } from '../../../src/sandbox/state/scopes.ts';
import { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';

const { start, listen } = useSandboxes();

async function open(url: string): Promise<{ status: number; html: string }> {
  const response = await fetch(url);
  return { status: response.status, html: await response.text() };
}

async function press(
  url: string,
  decision: string,
  text = '',
): Promise<{ status: number; html: string }> {
  expect((await open(url)).html).toContain(`value="${decision}"`);
  const body = new URLSearchParams({ decision, text });
  const response = await fetch(url, { method: 'POST', body });
  return { status: response.status, html: await response.text() };
}

describe('the pages of the console', () => {
  it('exist for every link that setup and doctor print', async () => {
    const sandbox = await start();
    const links = consoleLinks(resolveEndpoints(sandbox.url), sandbox.appId);
    const urls = [
      ...Object.values(links).filter((link) => typeof link === 'string'),
      links.auth(),
      links.auth(['im:chat']),
      links.version('1'),
      links.addToApp({}),
      links.applyScope('im:chat'),
    ];
    const wrong: string[] = [];
    for (const url of urls) {
      const { status, html } = await open(url);
      if (status !== 200 || !html.includes('<h1>')) wrong.push(`${status} ${url}`);
      if (html.includes(new URL(sandbox.page).pathname)) wrong.push(`token in ${url}`);
    }
    expect(wrong).toEqual([]);
    const other = consoleLinks(resolveEndpoints(sandbox.url), 'cli_none');
    expect((await open(other.versions)).status).toBe(404);
    expect((await open(other.openBot)).status).toBe(404);
  });

  it('show the app as it is, and put changes into the next version', async () => {
    const sandbox = await start({ app: bareApp });
    const links = consoleLinks(resolveEndpoints(sandbox.url), sandbox.appId);
    expect((await press(links.bot, 'bot')).html).toContain('waits for a version');
    expect((await open(links.bot)).html).not.toContain('<button');
    expect((await press(links.events, 'event-mode')).status).toBe(409);
    for (const event of everydayEvents) {
      const { html } = await press(links.events, `event-add ${event}`);
      expect(html).toContain(`<p>${event}（待发布`);
    }
    await press(links.callbacks, 'callback-add card.action.trigger');
    expect((await press(links.versions, 'publish')).html).toContain('online');
    expect((await open(links.bot)).html).toContain('On');
    const heard = listen(sandbox);
    await heard.ready;
    expect((await press(links.events, 'event-mode')).html).toContain('long connection（待发布');
    await press(links.callbacks, 'callback-mode');
    await press(links.versions, 'publish');
    for (const link of [links.events, links.callbacks]) {
      const { html } = await open(link);
      expect(html).toContain('long connection');
      expect(html).not.toMatch(/waits for a version|<button/);
    }
  });

  it('take the JSON of permissions that the guided steps give, and say what is wrong with another', async () => {
    const sandbox = await start({ app: bareApp });
    const links = consoleLinks(resolveEndpoints(sandbox.url), sandbox.appId);
    await press(links.bot, 'bot');
    const refused = [
      '',
      '[]',
      '{"scopes":{"tenant":"im:message"}}',
      '{"scopes":{"tenant":["im:none"]}}',
    ];
    const statuses = refused.map(
      async (text) => (await press(links.auth(), 'import', text)).status,
    );
    expect(await Promise.all(statuses)).toEqual(refused.map(() => 409));
    const json = JSON.stringify({ scopes: { tenant: ['im:message', 'im:resource'], user: [] } });
    expect((await press(links.auth(), 'import', json)).html).toContain('im:resource（待发布');
    await press(links.versions, 'publish');
    const { scopes } = (await (await caller(sandbox))('GET', 'application/v6/scopes')).body.data;
    const granted = scopes.filter((scope: { grant_status: number }) => scope.grant_status === 1);
    expect(granted).toHaveLength(4);
  });
});
