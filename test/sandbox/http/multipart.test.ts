import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMultipart } from '../../../src/sandbox/http/multipart.ts';

describe('multipart/form-data', () => {
  it('gives back what the web platform put into a form', async () => {
    const names = fc.stringMatching(/^[a-z_]{1,8}$/);
    const forms = fc.dictionary(
      names,
      fc.oneof(fc.uint8Array(), fc.stringMatching(/^[\x20-\x7e]*$/)),
    );
    await fc.assert(
      fc.asyncProperty(forms, async (values) => {
        fc.pre(Object.keys(values).length > 0);
        const form = new FormData();
        for (const [name, value] of Object.entries(values)) {
          form.append(name, typeof value === 'string' ? value : new Blob([new Uint8Array(value)]));
        }
        const response = new Response(form);
        const type = response.headers.get('content-type') ?? '';
        const parts = parseMultipart(type, Buffer.from(await response.arrayBuffer()));
        expect(new Map(parts)).toEqual(
          new Map(Object.entries(values).map(([name, value]) => [name, Buffer.from(value)])),
        );
      }),
    );
  });

  it('takes any other body for no form, and never throws', () => {
    const type = 'multipart/form-data; boundary=b';
    fc.assert(
      fc.property(fc.string(), fc.string(), (contentType, body) => {
        expect(parseMultipart(contentType, Buffer.from(body))).toBeUndefined();
        expect(parseMultipart(type, Buffer.from(`--b\r\n${body}`))).toBeUndefined();
      }),
    );
    expect(parseMultipart('application/json', Buffer.from('--b--'))).toBeUndefined();
  });
});
