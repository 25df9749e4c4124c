import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublicAddress, parseFetchable } from '../../../src/platform/network/public-address.ts';

const inside = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://127。0。0。1/',
  'http://①②⑦.⓪.⓪.①/',
  'http://localhost/',
  'http://LOCALHOST/',
  'http://localhost./',
  'http://localhost../',
  'http://a.localhost/',
  'http://printer/',
  'http://printer.local/',
  'http://metadata.google.internal/computeMetadata/v1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://[::ffff:169.254.169.254]/',
  'http://[fd00:ec2::254]/',
  'http://100.100.100.200/',
  'http://0.0.0.0/',
  'http://0/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://192.0.0.192/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::127.0.0.1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[64:ff9b:1::8.8.8.8]/',
  'http://[2002:7f00:1::]/',
  'http://[2002:a9fe:a9fe::1]/',
  'http://[2001::7f00:1]/',
  'http://[2001:db8::1]/',
  'http://[fc00::1]/',
  'http://[fd12:3456::1]/',
  'http://[fe80::1]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[100::1]/',
];

const otherRefusals: readonly [string, string][] = [
  ['file:///etc/passwd', 'scheme'],
  ['ftp://example.com/a', 'scheme'],
  ['gopher://example.com/', 'scheme'],
  ['data:image/png;base64,AAAA', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['http://user:secret@example.com/', 'credentials'],
  ['http://user@example.com/', 'credentials'],
  ['http://:secret@example.com/', 'credentials'],
  ['http:///', 'invalid'],
  ['http://', 'invalid'],
  ['http://exa mple.com/', 'invalid'],
  ['http://example.com/\r\nx', 'invalid'],
  ['http://127.0.0.1\t.example.com/', 'invalid'],
  ['http://[fe80::1%25eth0]/', 'invalid'],
  ['//example.com/a', 'invalid'],
  ['/etc/passwd', 'invalid'],
  ['', 'invalid'],
  [`http://example.com/${'a'.repeat(5000)}`, 'invalid'],
  [`http://${'a.'.repeat(200)}com/`, 'invalid'],
];

test('URLs into this machine or its network are refused in every spelling', () => {
  const wrong = inside.filter((url) => parseFetchable(url) !== 'not-public');
  expect(wrong).toEqual([]);
});

test('other URLs that are not fetched', () => {
  const found = otherRefusals.map(([url]) => [url, parseFetchable(url)]);
  expect(found).toEqual(otherRefusals);
});

test('public URLs pass', () => {
  const urls = [
    'https://example.com/a.png?x=1#y',
    'http://example.com:8080/',
    'https://例子.测试文.cn/图.png',
    'https://8.8.8.8/',
    'https://[2606:4700::6810:85e5]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[64:ff9b::8.8.8.8]/',
    'https://localhost.example.com/',
    'https://example.com./a',
  ];
  expect(urls.filter((url) => !(parseFetchable(url) instanceof URL))).toEqual([]);
});

const privateBlocks: readonly (readonly [number, number])[] = [
  [0x0a000000, 8],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0a80000, 16],
  [0x64400000, 10],
  [0x00000000, 8],
  [0xe0000000, 3],
];
const privateIpv4 = fc
  .constantFrom(...privateBlocks)
  .chain(([base, bits]) =>
    fc.nat({ max: 2 ** (32 - bits) - 1 }).map((offset) => (base + offset) >>> 0),
  );
const octets = (value: number): readonly number[] =>
  [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
const groups = (value: number): string =>
  `${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
const spellings: readonly ((value: number) => string)[] = [
  (value) => octets(value).join('.'),
  (value) => String(value),
  (value) => `0x${value.toString(16)}`,
  (value) => `0${value.toString(8)}`,
  (value) =>
    octets(value)
      .map((octet) => `0x${octet.toString(16)}`)
      .join('.'),
  (value) =>
    octets(value)
      .map((octet) => `0${octet.toString(8)}`)
      .join('.'),
  (value) => `${octets(value)[0]}.${value & 0xffffff}`,
  (value) => `${octets(value).join('.')}.`,
  (value) => `[::ffff:${octets(value).join('.')}]`,
  (value) => `[::ffff:${groups(value)}]`,
  (value) => `[0:0:0:0:0:FFFF:${groups(value)}]`,
  (value) => `[::${groups(value)}]`,
  (value) => `[64:ff9b::${groups(value)}]`,
  (value) => `[2002:${groups(value)}::1]`,
];

test('no spelling of a private IPv4 address is fetched', () => {
  fc.assert(
    fc.property(privateIpv4, fc.constantFrom(...spellings), (value, spell) => {
      expect(parseFetchable(`https://${spell(value)}/a.png`)).toBe('not-public');
    }),
  );
});

test('what is no address is not public', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      if (isPublicAddress(text)) expect(text).toMatch(/^[\da-f.:x]+$/i);
    }),
  );
});
