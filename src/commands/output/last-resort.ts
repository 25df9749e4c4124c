/**
 * The error page that needs nothing that is not loaded: for a program that cannot be loaded, and for an
 * output that cannot be written. Everything else is shown by `failure.ts`.
 */
import { requestedLang } from '../../shared/text/locale.ts';
import { printErrorNow } from './standard-output.ts';

/** `ExitCode.system`, without loading the errors. */
const SYSTEM_REFUSED = 71;
const INTERNAL = 70;

const texts = {
  files: {
    en: 'Too many files are open (EMFILE).\n  fix: raise the limit and try again: ulimit -n 1024',
    zh: '打开的文件过多（EMFILE）。\n  解决：请提高上限后重试：ulimit -n 1024',
  },
  output: {
    en: 'Standard output cannot be written',
    zh: '无法写入标准输出',
  },
  internal: {
    en: 'moltbot-feishu cannot be loaded',
    zh: '无法加载 moltbot-feishu',
  },
} as const;

/** Prints that the program could not be loaded, and returns the exit code. */
export function showLoadFailure(error: unknown, argv: readonly string[]): number {
  const lang = requestedLang(argv, process.env) ?? 'en';
  const code = systemCode(error);
  const isLimit = code === 'EMFILE' || code === 'ENFILE';
  const what = isLimit ? texts.files[lang] : withCode(texts.internal[lang], code, lang);
  printErrorNow(`✗ ${what}\n`);
  return isLimit ? SYSTEM_REFUSED : INTERNAL;
}

/**
 * Ends in order when standard output cannot be written: quietly where its reader has closed it, else with
 * one line on standard error. The exit code, or `undefined` where there is nothing to report.
 */
export function showOutputFailure(error: unknown, argv: readonly string[]): number | undefined {
  if (isReaderGone(error)) return undefined;
  const lang = requestedLang(argv, process.env) ?? 'en';
  printErrorNow(`✗ ${withCode(texts.output[lang], systemCode(error), lang)}\n`);
  return SYSTEM_REFUSED;
}

/** A reader such as `head` has read enough. */
function isReaderGone(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF';
}

function withCode(what: string, code: string, lang: 'en' | 'zh'): string {
  return lang === 'zh' ? `${what}（${code}）。` : `${what} (${code}).`;
}

/** The system's own word for an error, such as ENOSPC; never its message, which may hold paths. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}
