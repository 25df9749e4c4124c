/** App ID, App Secret, and whether the platform takes them. */
import { loadAppSecret, namesSecret } from '../../../config/account/accounts.ts';
import { readAppId, readAppSecret } from '../../../config/source/pasted-credential.ts';
import { consoleLinks } from '../../../platform/address/console-links.ts';
import { resolveEndpoints } from '../../../platform/address/endpoints.ts';
import { rewordedError } from '../../../shared/error-catalogue.ts';
import { ExitCode, isMoltbotFeishuError, type MoltbotFeishuError } from '../../../shared/errors.ts';
import { Secret } from '../../../shared/secret.ts';
import { localize } from '../../../shared/text/text.ts';
import { appIdQuestion, appSecretQuestion, invalidAnswer } from '../../conversation/questions.ts';
import { clientFor, type Run } from '../../run.ts';
import { givenSecret } from '../../secret-source.ts';
import type { Step } from '../../step.ts';
import { wizardTexts as texts } from '../../wizard-texts.ts';
import { checkConfigWritable } from '../config/write.ts';

export const appIdStep: Step = {
  id: 'app-id',
  title: texts.titleAppId,
  questions: [appIdQuestion],
  applies: ({ facts }) => facts.method !== 'scan' && facts.task !== 'policy',
  async ask(run) {
    const { facts, options, target } = run;
    const { flags, env, conversation } = options;
    const given = facts.asksAgain ? undefined : (flags.appId ?? (env.FEISHU_APP_ID || undefined));
    const read = given === undefined ? undefined : readAppId(given);
    if (read?.problem) throw invalidAnswer(appIdQuestion, read.problem);
    const known = target.existing?.appId;
    const isKnown = !conversation.guided || !isNewAccount(run);
    facts.appId ??= read?.appId ?? (isKnown && !facts.asksAgain ? known : undefined);
    if (facts.appId === undefined) {
      if (conversation.guided) {
        const url = resolveEndpoints(facts.domain).console;
        conversation.tell(localize(texts.whereAppId, { url }));
      }
      // The configured App ID is no suggestion: the person wants another app, and a paste appends.
      const answer = readAppId(await conversation.ask(appIdQuestion, facts.formerAppId));
      facts.appId = answer.appId;
      // Both were pasted at once: the secret is not asked again.
      if (answer.appSecret !== undefined) {
        facts.secret = { value: new Secret(answer.appSecret), isKept: false };
      }
    }
    if (facts.appId !== undefined) run.remember({ appId: facts.appId });
  },
  undo({ facts }) {
    facts.formerAppId = facts.appId ?? facts.formerAppId;
    facts.appId = undefined;
    facts.asksAgain = true;
  },
};

export const appSecretStep: Step = {
  id: 'app-secret',
  title: texts.titleAppSecret,
  questions: [appSecretQuestion],
  applies: ({ facts }) => facts.method !== 'scan' && facts.task !== 'policy',
  async ask(run) {
    const { facts, options, target, ref } = run;
    const { flags, env, conversation, stdin, home } = options;
    if (facts.secret) return;
    const given = facts.asksAgain
      ? undefined
      : await givenSecret({ flags, ref, env, stdin, appId: facts.appId });
    const { existing, location } = target;
    if (given) facts.secret = { value: given, isKept: false };
    else if (!facts.asksAgain && facts.task !== 'rotate' && isOf(run) && existing) {
      const value = await loadAppSecret(existing, { location, home });
      facts.secret = { value, isKept: true };
    } else {
      if (conversation.guided) {
        const url = consoleLinks(resolveEndpoints(facts.domain), facts.appId ?? '').baseinfo;
        conversation.tell(localize(texts.whereSecret, { url }));
      }
      const { appId } = facts;
      const proved = facts.proved?.appId === appId ? facts.proved : undefined;
      const refuse = (answer: string) =>
        answer.trim() === '' && proved ? undefined : readAppSecret(answer, appId).problem;
      const answer = await conversation.ask({
        ...appSecretQuestion,
        ...(proved && { ask: texts.askAppSecretAgain }),
        refuse,
      });
      const isSame = answer.trim() === '' && proved !== undefined;
      const typed = () => new Secret(readAppSecret(answer, appId).appSecret ?? '');
      facts.secret = { value: isSame ? proved.secret : typed(), isKept: false };
    }
  },
  undo({ facts }) {
    facts.secret = undefined;
    facts.asksAgain = true;
  },
};

/** A new account gets a new app: the values in the config are no answers for it. */
function isNewAccount({ facts, target }: Run): boolean {
  return facts.task === 'add' || (facts.task === 'setup' && target.existing === undefined);
}

/** Whether the config holds the secret of this very app. */
function isOf({ facts, target }: Run): boolean {
  const { existing } = target;
  return existing?.appId === facts.appId && namesSecret(existing);
}

/** The platform accepted these very values in this run. */
function isProved({ proved, appId, secret, domain }: Run['facts']): boolean {
  if (!proved || !secret) return false;
  const isSameSecret = proved.secret.reveal() === secret.value.reveal();
  return proved.appId === appId && proved.domain === domain && isSameSecret;
}

export const credentialsStep: Step = {
  id: 'credentials',
  title: texts.titleCredentials,
  questions: [],
  applies: ({ facts }) => facts.task !== 'policy',
  async check(run) {
    const { facts, options } = run;
    const { conversation, flags, now } = options;
    if (!flags.verify) {
      facts.client = clientFor(run);
      run.report({ id: 'credentials', ms: 0, status: 'not-checked', detail: texts.notVerified });
      return;
    }
    await checkConfigWritable(run);
    if (isProved(facts)) {
      facts.client = clientFor(run);
      return;
    }
    const startedAt = now();
    await conversation.during(texts.verifying, (signal) => accept(run, signal));
    const { appId, secret, domain } = facts;
    if (appId !== undefined && secret) facts.proved = { appId, secret: secret.value, domain };
    run.report({
      id: 'credentials',
      ms: now() - startedAt,
      status: 'ok',
      detail: texts.accepted,
    });
  },
  undo({ facts }) {
    facts.client = undefined;
  },
  repeatQuestion({ facts }, error) {
    if (error.exitCode !== ExitCode.credentialsRejected || facts.method === 'scan')
      return undefined;
    const isNew = facts.task === 'setup' || facts.task === 'add';
    return error.details.which === 'app-id' && isNew
      ? { at: 'app-id', previousSteps: ['way'] }
      : { at: 'app-secret', previousSteps: isNew ? ['way', 'app-id'] : [] };
  },
  recoveries({ facts }, error) {
    if (error.exitCode !== ExitCode.credentialsRejected) return [];
    return facts.task === 'setup' || facts.task === 'add'
      ? [{ label: texts.otherMethod, to: 'way' }]
      : [];
  },
};

/** Throws what stops setup; the step is reported as failed then. */
async function accept(run: Run, signal: AbortSignal): Promise<void> {
  const { facts, options } = run;
  const client = clientFor(run);
  try {
    await client.tenantAccessToken({ signal });
    facts.client = client;
  } catch (error) {
    if (!isMoltbotFeishuError(error)) throw error;
    if (error.code === 'credentials-rejected' && (await switchBrand(run, signal))) return;
    const known = inWords(run, error);
    if (error.code !== 'cancelled' && !options.conversation.guided) {
      const { what, advice, url } = known;
      run.report({
        id: 'credentials',
        ms: 0,
        status: 'fail',
        detail: what,
        advice,
        url,
        error: known,
      });
    }
    throw known;
  }
}

const brandNames = { feishu: texts.brandFeishu, lark: texts.brandLark } as const;

/** The other brand is asked, unless a brand was named: then that is what was wanted. */
async function switchBrand(run: Run, signal: AbortSignal): Promise<boolean> {
  const { facts, options } = run;
  const { brand } = resolveEndpoints(facts.domain);
  if (brand === 'custom' || options.flags.domain !== undefined) return false;
  const other = brand === 'feishu' ? 'lark' : 'feishu';
  const client = clientFor(run, other);
  try {
    await client.tenantAccessToken({ signal });
  } catch (error) {
    // The other brand refuses too or is unreachable: the first error remains the result.
    if (isMoltbotFeishuError(error) && error.code !== 'cancelled') return false;
    throw error;
  }
  options.conversation.warn(
    localize(texts.brandSwitched, {
      other: localize(brandNames[other]),
      brand: localize(brandNames[brand]),
    }),
  );
  facts.domain = other;
  facts.client = client;
  run.remember({ domain: other });
  return true;
}

/** Names the wrong one of the two values, where it is known. */
function inWords({ facts }: Run, error: MoltbotFeishuError): MoltbotFeishuError {
  const { which } = error.details;
  const isSecret = which === 'app-secret';
  if (error.code !== 'credentials-rejected' || (!isSecret && which !== 'app-id')) return error;
  const appId = facts.appId ?? '';
  const { baseinfo, home } = consoleLinks(resolveEndpoints(facts.domain), appId);
  const url = isSecret ? baseinfo : home;
  const params = { appId, code: error.feishuCode ?? '' };
  return rewordedError(error, {
    what: localize(isSecret ? texts.wrongSecret : texts.wrongAppId, params),
    advice: localize(isSecret ? texts.wrongSecretAdvice : texts.wrongAppIdAdvice, { url }),
    url,
  });
}
