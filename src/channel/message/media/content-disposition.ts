/** The name of a file in the header of its download. Pure. */

/** By RFC 5987 or as raw UTF-8, which Node reads as Latin-1; empty without one. */
export function nameIn(header: string): string {
  const encoded = /filename\*=utf-8''([^;\s]{1,2000})/i.exec(header)?.[1];
  if (encoded !== undefined) return decoded(encoded);
  const plain = /filename="?([^";]{1,2000})/i.exec(header)?.[1] ?? '';
  const bytes = Buffer.from(plain, 'latin1');
  const asUtf8 = bytes.toString('utf8');
  return decoded(asUtf8.includes('\ufffd') ? plain : asUtf8);
}

/** Percent-encoding decoded, where it is one. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
