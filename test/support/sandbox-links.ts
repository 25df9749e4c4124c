/** Links into a sandbox, as setup and the doctor print them: each has to open the page that it is for. */
import { expect } from 'vitest';

/** What the page of a path has in its title. */
const titles: readonly [path: RegExp, title: RegExp][] = [
  [/^\/app$|^\/admin$/, /Apps/],
  [/^\/app\/[^/]+(?:\/baseinfo)?$/, /Credentials & Basic Info/],
  [/^\/app\/[^/]+\/(?:capability|bot)$/, /Bot/],
  [/^\/app\/[^/]+\/auth$/, /Permissions & Scopes/],
  [/^\/app\/[^/]+\/auth\?q=|^\/page\/scope-apply\?/, /Add permission scopes/],
  [/^\/app\/[^/]+\/event\?tab=event/, /Event configuration/],
  [/^\/app\/[^/]+\/event\?tab=callback/, /Callback configuration/],
  [/^\/app\/[^/]+\/event\?tab=safe/, /Encryption/],
  [/^\/app\/[^/]+\/version(?:\/[^/]+)?$/, /Version Management/],
  [/^\/app\/[^/]+\/safe$/, /Security settings/],
  [/^\/client\/bot\/open\?appId=/, /./],
  [/^\/page\/launcher\?clientID=/, /Change an app/],
  [/^\/page\/launcher\?user_code=/, /Create an app/],
  [/^\/control\/\w+\/page\/$/, /^Sandbox/],
];

/** The links to the sandbox in a text, each once. */
export function linksIn(text: string, url: string): string[] {
  const found = text.match(/https?:\/\/[^\s"'<>“”（）]+/g) ?? [];
  const links = found.map((link) => link.replace(/[.,;:)]+$/, ''));
  return [...new Set(links)].filter((link) => link.startsWith(`${url}/`));
}

/** Why a link is wrong; `undefined` where it opens the right page. */
export async function faultOf(link: string, url: string): Promise<string | undefined> {
  const path = link.slice(url.length);
  const title = titles.find(([known]) => known.test(path))?.[1];
  if (title === undefined) return `${path}: a link of no known kind`;
  const response = await fetch(link);
  const [, shown = ''] = /<title>([^<]*)<\/title>/.exec(await response.text()) ?? [];
  const heading = shown.replaceAll('&#38;', '&');
  return response.status === 200 && title.test(heading)
    ? undefined
    : `${path}: ${response.status} “${heading}”`;
}

/** Opens every link of a text; resolves with how many there were. */
export async function expectLinksOpen(text: string, url: string): Promise<number> {
  const links = linksIn(text, url);
  const faults = await Promise.all(links.map((link) => faultOf(link, url)));
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  return links.length;
}
