/** A path as one word of a command line, to be pasted as it is. */
export function shellWord(path: string): string {
  return /[^\w@%+=:,./\\~-]/.test(path) ? `"${path}"` : path;
}
