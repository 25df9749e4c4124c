/** Hides what a config keeps secret wherever its text is shown. */
import { MASK } from '../shared/secret.ts';

const SECRET_KEY = /secret|token|password|passwd|api_?key|private_?key|credential/i;

/** A key whose value is not shown. A path to a secret, or a reference to a variable, is none. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key) && !/file|path/i.test(key);
}

/** A property whose key sounds secret, its value in any quotes, or unquoted up to the line's end. */
const SECRET_PROPERTY =
  /((["']?)([\w$-]*(?:secret|token|password|passwd|api_?key|private_?key|credential)[\w$-]*)\2\s*:\s*)("(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|[^\s,{}[\]]+)/gi;

export function maskSecretsInText(text: string): string {
  return text.replace(
    SECRET_PROPERTY,
    (whole, head: string, _quote: string, key: string, value: string) => {
      if (!isSecretKey(key) || /^["']?\$\{\w+\}["']?$/.test(value)) return whole;
      const quote = /^["']/.exec(value)?.[0] ?? '';
      return `${head}${quote}${MASK}${quote}`;
    },
  );
}
