/**
 * A form with one file as multipart/form-data, as a stream of a known length.
 *
 * Names are sent as UTF-8: Feishu shows percent-encoding literally
 * (docs/platform/media-and-cards.md#uploads).
 */
import type { StreamedBody } from './http.ts';

export interface FormFile {
  readonly field: string;
  readonly name: string;
  /** Its length (bytes); what is read must be as long. */
  readonly bytes: number;
  /** Begins from its first byte each time. */
  open(): AsyncIterable<Uint8Array>;
}

/** @param boundary a text that the file does not hold: random */
export function multipartBody(
  fields: Readonly<Record<string, string>>,
  file: FormFile,
  boundary: string,
): StreamedBody {
  const head = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
  );
  const disposition = `form-data; name="${quoted(file.field)}"; filename="${quoted(file.name)}"`;
  const before = Buffer.from(
    `${head.join('')}--${boundary}\r\ncontent-disposition: ${disposition}\r\ncontent-type: application/octet-stream\r\n\r\n`,
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: before.length + file.bytes + after.length,
    async *open() {
      yield before;
      yield* file.open();
      yield after;
    },
  };
}

/** As browsers do (WHATWG, multipart/form-data encoding algorithm). */
function quoted(text: string): string {
  return text.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
}
