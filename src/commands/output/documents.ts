/**
 * The documents of `--json`, declared once: the types of what the commands print, and the JSON Schemas
 * in docs/schemas (docs/json.md). Only types of it are imported elsewhere, so that no command loads it.
 */
import { z } from 'zod';
import { chatNoticeKinds } from '../../channel/message/chat-notice.ts';

const text = z.string();
const texts = z.array(text).readonly();

const check = z.object({
  id: text.describe('Stable id of the check or step.'),
  status: z
    .enum(['ok', 'warn', 'fail', 'not-checked', 'skipped'])
    .describe('`not-checked`: it could not be checked, which is neither good nor bad.'),
  detail: text.exactOptional().describe('For people, in the language of the run.'),
  fix: text.exactOptional().describe('What to do, for people.'),
  url: text.exactOptional().describe('The page on which a person can do it.'),
});
const checks = z.array(check).readonly();

const error = z.object({
  code: text.describe('Stable code in kebab-case.'),
  message: text.describe('For people, in the language of the run.'),
  fix: text.exactOptional().describe('What to do, for people.'),
  feishuCode: z.number().exactOptional().describe('The code that the Open Platform answered.'),
  url: text.exactOptional().describe('The page on which a person can fix it.'),
  logId: text.exactOptional().describe('What the support of the platform asks for.'),
  keys: z
    .array(z.unknown())
    .readonly()
    .exactOptional()
    .describe('Every wrong key of the config, with `code` `config-invalid`.'),
});

const bot = z.object({ name: text, openId: text });

const config = z.object({
  path: text,
  changed: z.boolean(),
  backup: text.optional().describe('The previous content.'),
  diff: text.optional().describe('The change, secrets masked; in a dry run.'),
});

const dryRun = z.literal(true).exactOptional();

const setup = z.object({
  ok: z.boolean().describe('`false` with `error`: written, and the app is not ready.'),
  account: text,
  appId: text,
  domain: text,
  bot: bot.exactOptional(),
  dryRun,
  config,
  warnings: texts.exactOptional(),
  error: error.exactOptional(),
  steps: checks,
  next: texts.describe('Commands to run next.'),
});

const scanEvent = z.object({
  event: z.literal('scan'),
  url: text.describe('The link to open or to show as a QR code.'),
  expiresAt: z.iso.datetime(),
});

const restore = z.object({
  ok: z.literal(true),
  restored: texts.describe('The plugins that have the channel again.'),
  config,
  kept: texts.describe('Keys that were changed since the switch, and kept.'),
  conflicts: texts.describe(
    'Keys that the switch changed and that were changed again since: the later value stays.',
  ),
  removed: texts.describe('Keys that the other plugin does not have: they are gone.'),
  next: texts.describe('Commands to run next.'),
});

const failure = z.object({ ok: z.literal(false), error, steps: checks.exactOptional() });

const doctor = z.object({
  ok: z.boolean(),
  first: check
    .extend({ account: text })
    .exactOptional()
    .describe('The first broken link: what fails, else what warns.'),
  accounts: z.array(z.object({ id: text, checks })).readonly(),
  summary: z.object({
    ok: z.int(),
    warn: z.int(),
    fail: z.int(),
    notChecked: z.int(),
    skipped: z.int(),
  }),
  mended: texts.exactOptional().describe('With `--fix`: what was fixed.'),
});

const remove = z.object({
  ok: z.literal(true),
  account: text.exactOptional(),
  accounts: texts.describe('The removed accounts; empty where there were none.'),
  dryRun,
  config,
  stays: z
    .array(
      z.object({
        what: z.enum(['app', 'secret-file', 'inbox', 'plugin', 'backup']),
        detail: text,
        url: text.exactOptional(),
      }),
    )
    .readonly()
    .describe('What is not removed.'),
  steps: checks,
  next: texts,
});

const sandbox = z.object({
  url: text.describe('The base URL: pass it as `--domain`.'),
  appId: text,
  appSecret: text,
  controlUrl: text.describe('Where programs make people write, and read what the bot sends.'),
  page: text.describe('The chat page: open it in a browser on this machine.'),
});

const ids = { eventId: text, messageId: text, chatId: text };
const account = text.describe('The id of the account.');
const eventError = error.extend({
  stderr: texts.exactOptional().describe('The last lines of a failed command.'),
});

const runEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready'), account, bot: bot.nullable() }),
  z.object({
    event: z.literal('state'),
    account,
    state: z.enum(['connecting', 'connected', 'reconnecting', 'failed', 'stopped']),
    error: eventError.exactOptional(),
  }),
  z.object({
    event: z.literal('received'),
    account,
    ...ids,
    text: text.exactOptional().describe('Only with `--verbose`.'),
  }),
  z.object({
    event: z.literal('answered'),
    account,
    ...ids,
    parts: z.int().describe('Messages that the answer became.'),
    ms: z.number().describe('From the start of the turn to its last message.'),
  }),
  z.object({ event: z.literal('ignored'), account, ...ids, reason: text }),
  z
    .object({
      event: z.literal('notice'),
      account,
      notice: z.enum(chatNoticeKinds),
      messageId: text.exactOptional(),
      chatId: text.exactOptional(),
      openId: text.exactOptional().describe('Who did it.'),
      emojiType: text.exactOptional(),
      isRemoved: z.boolean().exactOptional(),
      isFirst: z.boolean().exactOptional(),
    })
    .describe('Something that starts no turn.'),
  z.object({
    event: z.literal('inbox'),
    account,
    state: z.enum(['left-over', 'shared', 'taken-over', 'well-again']),
    waiting: z.int().exactOptional(),
  }),
  z.object({
    event: z.literal('error'),
    account,
    eventId: text.exactOptional(),
    messageId: text.exactOptional(),
    chatId: text.exactOptional(),
    error: eventError.exactOptional(),
  }),
  z.object({ event: z.literal('stopping'), running: z.int().describe('Turns that still run.') }),
  z.object({ event: z.literal('stopped') }),
]);

/** By the name of the file in docs/schemas. */
export const documentSchemas = {
  setup,
  'setup-scan': scanEvent,
  'setup-restore': restore,
  doctor,
  remove,
  sandbox,
  'run-event': runEvent,
  error: failure,
} as const satisfies Readonly<Record<string, z.ZodType>>;

export type CheckDocument = z.infer<typeof check>;
export type ErrorDocument = z.infer<typeof error>;
export type SetupDocument = z.infer<typeof setup>;
export type RestoreDocument = z.infer<typeof restore>;
export type ScanEventDocument = z.infer<typeof scanEvent>;
export type DoctorDocument = z.infer<typeof doctor>;
export type RemoveDocument = z.infer<typeof remove>;
export type SandboxDocument = z.infer<typeof sandbox>;
export type RunEventDocument = z.infer<typeof runEvent>;
