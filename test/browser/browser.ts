/** Debian's Chromium with the sandbox's pages in it, and what they ask of the network. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

/** Where pictures of each run are kept; nothing there is committed. */
const pictures = fileURLToPath(new URL('../../coverage/browser/', import.meta.url));

export interface OpenPage {
  readonly page: Page;
  /** Saves what the page shows, for people to look at. */
  picture(name: string): Promise<void>;
}

/**
 * Opens pages in one browser, which ends after the tests of the file. To be called after `useSandboxes`, whose
 * sandboxes then end after the pages.
 */
export function useBrowser(): (url: string, options?: BrowserContextOptions) => Promise<OpenPage> {
  let browser: Browser;
  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Chromium has no sandbox of its own for root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
  });
  afterAll(() => browser?.close());
  const faults: string[] = [];
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    expect(faults.splice(0)).toEqual([]);
  });

  return async (url, options = {}) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-US',
      ...options,
    });
    const page = await context.newPage();
    const { hostname } = new URL(url);
    page.on('request', (request) => {
      const asked = new URL(request.url());
      if (asked.hostname !== hostname) faults.push(`request to ${request.url()}`);
    });
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`);
    });
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(url);
    return {
      page,
      picture: async (name) =>
        void (await page.screenshot({
          path: join(pictures, `${name}.png`),
          animations: 'disabled',
        })),
    };
  };
}
