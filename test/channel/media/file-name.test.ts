import fc from 'fast-check';
import { expect, it } from 'vitest';
import { safeFileName } from '../../../src/channel/message/media/file-name.ts';
import { sniffType } from '../../../src/channel/message/media/sniff.ts';

it('a name is that of the sender, as far as every system takes it', () => {
  const names = {
    'report.pdf': 'report.pdf',
    '季度报告（终稿）.docx': '季度报告（终稿）.docx',
    '../../etc/passwd': 'passwd.bin',
    'C:\\Users\\a\\b.txt': 'b.txt',
    '.bashrc': 'bashrc.bin',
    '-rf': 'rf.bin',
    'aux.txt': 'aux_.txt',
    'a\u202egpj.exe': 'a_gpj.exe',
    'two\nlines.txt': 'two lines.txt',
    '': 'file-1.bin',
    '///': 'file-1.bin',
    '...': 'file-1.bin',
    'x.': 'x.bin',
  };
  const safe = Object.keys(names).map((name) => [name, safeFileName(name, 'file-1', 'bin')]);
  expect(Object.fromEntries(safe)).toEqual(names);
});

it('no name leaves its folder, hides itself, or is too long', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('.', '/', '\\', ' ', '-', '\u0000', '\u202e', '文', '😀', 'a'),
    }),
    fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400 }),
  );
  fc.assert(
    fc.property(name, (given) => {
      const safe = safeFileName(given, 'file-1', 'bin');
      expect(safe).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(safe).not.toMatch(/^[.\- ]|[. ]$/);
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(250);
    }),
  );
});

it('a type is that of the content, else that of the header, else a safe one', async () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  expect(await sniffType(bytes('%PDF-1.7\n'), 'image/png', 'file')).toMatchObject({
    mime: 'application/pdf',
  });
  expect(await sniffType(bytes('hello'), 'application/octet-stream', 'file')).toEqual({
    mime: 'text/plain',
    extension: 'txt',
  });
  expect(await sniffType(bytes('a,b'), 'text/csv; charset=utf-8', 'file')).toMatchObject({
    mime: 'text/csv',
  });
  expect(await sniffType(bytes('\u0001\u0002\u0003'), '', 'file')).toMatchObject({
    mime: 'application/octet-stream',
  });
  expect(await sniffType(bytes('\u0000\u0001'), '', 'audio')).toMatchObject({
    mime: 'audio/ogg; codecs=opus',
  });
});
