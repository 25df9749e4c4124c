/** What bytes and names say about a file. */

/** First bytes, as hex, of the images that the platform takes, by type. */
const imageSignatures = [
  ['ffd8ff', 'image/jpeg'],
  ['89504e47', 'image/png'],
  ['47494638', 'image/gif'],
  ['424d', 'image/bmp'],
  ['49492a00', 'image/tiff'],
  ['4d4d002a', 'image/tiff'],
  ['00000100', 'image/x-icon'],
] as const;

/** The type of an image; `undefined` where the bytes are none. */
export function imageType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('hex');
  if (head.startsWith('52494646') && head.endsWith('57454250')) return 'image/webp';
  return imageSignatures.find(([signature]) => head.startsWith(signature))?.[1];
}

const types: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
};

/** The type by the name's ending; voice messages and unknown ones are `application/octet-stream`. */
export function fileType(fileName: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(types, ending) ? types[ending] : undefined) ?? 'application/octet-stream';
}
