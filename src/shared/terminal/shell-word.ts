/**
 * A path as one word of a command line, to be pasted as it is.
 *
 * Double quotes are understood by every shell, so blanks are put into them. Where a shell would put
 * something in the place of `$`, a backtick or `!`, the word is in single quotes.
 *
 * @example shellWord('/home/li/my configs') // "/home/li/my configs"
 */
export function shellWord(path: string): string {
  if (!/[^\w@%+=:,./\\~-]/.test(path)) return path;
  return /["$`!]/.test(path) ? `'${path.replaceAll("'", "'\\''")}'` : `"${path}"`;
}
