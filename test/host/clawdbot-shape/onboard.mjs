/**
 * A wizard of Clawdbot's shape: boxes, a prompt that shows what is typed, and an exception where the
 * person leaves. It leads to the built plugin's onboarding and writes what that returns.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import * as clack from '@clack/prompts';
import plugin from '../../../dist/plugin/index.js';

class WizardCancelledError extends Error {}

const guard = (value) => {
  if (clack.isCancel(value)) throw new WizardCancelledError('wizard cancelled');
  return value;
};

const prompter = {
  note: async (message, title) => clack.note(message, title),
  select: async ({ message, options, initialValue }) =>
    guard(await clack.select({ message, options, initialValue })),
  text: async ({ message, initialValue, validate }) =>
    guard(await clack.text({ message, initialValue, validate })),
  confirm: async (ask) => guard(await clack.confirm(ask)),
  progress: (label) => {
    const spinner = clack.spinner();
    spinner.start(label);
    return { update: (text) => spinner.message(text), stop: (text) => spinner.stop(text) };
  },
};

let channel;
plugin.register({
  runtime: { channel: {} },
  registerChannel: (registration) => {
    channel = registration.plugin;
  },
});
const [, , configPath] = process.argv;
const cfg = JSON.parse(readFileSync(configPath, 'utf8'));
try {
  const result = await channel.onboarding.configure({ cfg, prompter });
  writeFileSync(configPath, JSON.stringify(result.cfg, null, 2));
  clack.outro(`HOST CONTINUES with ${result.accountId ?? 'no account'}`);
} catch (error) {
  if (!(error instanceof WizardCancelledError)) throw error;
  clack.outro('HOST CANCELLED');
}
