/** Secrets in the words of another program: a command line, its errors, what a host reports. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskProgramText } from '../../../src/config/shown/program-text.ts';
import { everyRow } from '../../support/every-row.ts';

const names = ['API_KEY', 'openai.api_key', 'DB_PASSWORD', 'access-token', 'clientSecret', 'pwd'];
const values = ['hunter2hunter2', 'abcdefgh12345678', 'correct-horse-7', 'Zürich#99!x'];
const forms: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${name}=${value} ./bot`,
  (name, value) => `${name} = "${value}"`,
  (name, value) => `{"${name}": "${value}", "model": "x"}`,
  (name, value) => `{\\"${name}\\":\\"${value}\\"}`,
  (name, value) => `./bot --${name} ${value} --port 80`,
  (name, value) => `./bot --${name}='${value}'`,
  (name, value) => `curl -H '${name}: ${value}'`,
];

describe('hides', () => {
  it('a value behind the name of a secret, however it is written', () => {
    const one = fc.constantFrom;
    fc.assert(
      fc.property(one(...forms), one(...names), one(...values), (form, name, value) => {
        const masked = maskProgramText(form(name, value));
        expect(masked).toBe(form(name, value).replace(value, '***'));
      }),
    );
  });

  everyRow([
    ['curl -u bob:hunter2hunter2 https://x.org', 'curl -u bob:*** https://x.org'],
    ['mysql -phunter2hunter2 db', 'mysql -p*** db'],
    ['--password "two words" x', '--password "***" x'],
    ['密码：hunter2，密钥=abc', '密码：***，密钥=***'],
    ['401 for ghp_abcdefghijklmnop', '401 for ***'],
    ['key AKIAIOSFODNN7EXAMPLE', 'key ***'],
    ['is sk-proj-abcdefgh-ijkl wrong?', 'is *** wrong?'],
    ['redis://u:passw0rd@host/0', 'redis://***@host/0'],
    [
      'a -----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY----- b',
      'a -----BEGIN RSA PRIVATE KEY-----*** b',
    ],
    ['-----BEGIN PRIVATE KEY-----\nMIIE\n', '-----BEGIN PRIVATE KEY-----***'],
  ])('%s', (text, masked) => {
    expect(maskProgramText(text)).toBe(masked);
  });
});

everyRow([
  'Invalid password: incorrect for user bob',
  'SyntaxError: Unexpected token < in JSON at position 0',
  'token = read_token(path)',
  'API_KEY=$KEY --token "${TOKEN}" ./bot',
  './bot --token-file /run/secrets/bot --max-tokens 4096',
  'docker run -u 1000:1000 -p8080:80 image',
  'File "/usr/lib/python3.11/json/decoder.py", line 337, in decode',
  'connect ECONNREFUSED 127.0.0.1:8080 for om_0123456789abcdef0123456789abcdef',
])('leaves %s', (text) => {
  expect(maskProgramText(text)).toBe(text);
});
