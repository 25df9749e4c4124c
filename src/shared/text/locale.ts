/** The language that a command line or the locale asks for. Needs nothing, so that it is always loaded. */

export type Lang = 'en' | 'zh';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The language that the locale variables ask for, in POSIX order (LC_ALL, LC_MESSAGES, LANG);
 * `undefined` when they ask for none of ours.
 */
export function languageOfLocale(env: Env): Lang | undefined {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  if (/^zh/i.test(locale)) return 'zh';
  if (/^en/i.test(locale)) return 'en';
  return undefined;
}

/** The language that `--lang` or else the locale asks for. */
export function requestedLang(argv: readonly string[], env: Env): Lang | undefined {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = argv[at];
  const value = word === '--lang' ? argv[at + 1] : word?.slice('--lang='.length);
  return value === 'zh' || value === 'en' ? value : languageOfLocale(env);
}
