/**
 * A text without the given characters at its end. A pattern such as `/[\r\n]+$/` looks at every run
 * again and takes quadratic time; this function looks at the end alone.
 *
 * @param characters each of them a single UTF-16 unit
 * @example trimEndOf('https://host//', '/') // 'https://host'
 */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
