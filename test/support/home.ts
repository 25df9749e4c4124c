/** A throw-away HOME. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'moltbot-feishu-test-'));
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}
