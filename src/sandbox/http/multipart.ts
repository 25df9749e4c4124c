/**
 * multipart/form-data, as bytes. The web platform's own parser is no help here: the SDK sends a
 * Buffer as a part without a file name, which that parser would decode, and so damage, as text.
 */

export type FormParts = ReadonlyMap<string, Buffer>;

const lineBreak = Buffer.from('\r\n');
const headerEnd = Buffer.from('\r\n\r\n');

/** The parts by name, the last of each; `undefined` where the body is no such form. */
export function parseMultipart(contentType: string, body: Buffer): FormParts | undefined {
  const boundary = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(
    contentType,
  );
  const delimiter = Buffer.from(`--${boundary?.[1] ?? boundary?.[2]}`);
  if (!boundary || body.indexOf(delimiter) !== 0) return undefined;
  const parts = new Map<string, Buffer>();
  let start = delimiter.length;
  // After the last delimiter come two hyphens instead of a line break.
  while (body.subarray(start, start + 2).equals(lineBreak)) {
    const end = body.indexOf(Buffer.concat([lineBreak, delimiter]), start);
    const split = body.indexOf(headerEnd, start);
    if (end === -1 || split === -1 || split > end) return undefined;
    const headers = body.subarray(start, split).toString('utf8');
    const name = /^content-disposition:.*?\bname="([^"]*)"/im.exec(headers)?.[1];
    if (name === undefined) return undefined;
    parts.set(
      name,
      body.subarray(split + headerEnd.length, Math.max(end, split + headerEnd.length)),
    );
    start = end + lineBreak.length + delimiter.length;
  }
  return body.subarray(start, start + 2).toString() === '--' ? parts : undefined;
}
