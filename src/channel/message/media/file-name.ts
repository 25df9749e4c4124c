/** A name for a received file that every system takes, and that hides nothing. Pure. */
import filenamify from 'filenamify';

/** Systems take 255 bytes, and a character has up to four in UTF-8. */
const MAX_CHARACTERS = 56;
/** Longer names are cut before they are looked at. */
const MAX_READ = 1000;
/** The longest ending that is kept whole. */
const MAX_EXTENSION = 12;

/**
 * @param name as the sender gave it; untrusted
 * @param fallback without an ending, for a name that says nothing: `image-1`
 * @param extension what the content is, without a dot; replaces no ending that the name has
 * @example
 * safeFileName('../../etc/passwd', 'file-1', 'txt') // 'passwd.txt'
 * safeFileName('', 'image-1', 'png') // 'image-1.png'
 */
export function safeFileName(
  name: string,
  fallback: string,
  extension: string | undefined,
): string {
  // Only what is behind the last separator is a name.
  const last = name.slice(0, MAX_READ).split(/[/\\]/).at(-1) ?? '';
  const clean = filenamify(last, { replacement: '_', maxLength: MAX_CHARACTERS })
    // A hidden file, or one that a shell takes for a flag, is not what a person sent.
    .replace(/^[.\-_ ]+/, '')
    .slice(0, MAX_CHARACTERS);
  const base = clean === '' ? fallback : clean;
  const dot = base.lastIndexOf('.');
  const hasExtension = dot > 0 && dot < base.length - 1 && base.length - dot <= MAX_EXTENSION;
  return hasExtension || extension === undefined ? base : `${base}.${extension}`;
}
