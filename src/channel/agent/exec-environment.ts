/** The environment of the user's command: the process's own, without the config's secrets. Pure. */
import { type Secret, scrub } from '../../shared/secret.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Our own and the hosts' secret variables, whatever their values are. */
const SECRET_NAME =
  /^(?:(?:FEISHU|LARK)_.*(?:SECRET|TOKEN|KEY|PASSW)|(?:MOLTBOT|CLAWDBOT|OPENCLAW)_.*(?:TOKEN|PASSW|SECRET))/i;

/** Shorter secrets (characters) may be part of a harmless value. */
const MIN_PART = 8;

/**
 * The variables that a command may get.
 *
 * @param secrets variables that contain one of these, even encoded, are not passed on
 * @param names variables from which the config takes its secrets
 */
export function execEnvironment(
  env: Env,
  secrets: readonly Secret[],
  names: readonly string[] = [],
): Record<string, string | undefined> {
  const values = new Set(secrets.filter((one) => !one.isEmpty).map((one) => one.reveal()));
  const long = secrets.filter((one) => one.reveal().length >= MIN_PART);
  const isWithheld = (name: string, value: string): boolean =>
    SECRET_NAME.test(name) ||
    names.includes(name) ||
    values.has(value) ||
    scrub(value, long) !== value;
  return Object.fromEntries(
    Object.entries(env).filter(([name, value = '']) => !isWithheld(name, value)),
  );
}
