/** How hosts and other plugins write a person: `feishu:ou_…`, `user:ou_…`. Pure. */

const prefixes = /^(?:(?:feishu|lark|user|open_id):)+(?=ou_)/i;

/** A person's open_id, with or without such prefixes, or `*`. */
export const PERSON = /^(?:\*|(?:(?:[Ff]eishu|[Ll]ark|[Uu]ser|open_id):){0,4}ou_\w+)$/;

/**
 * The open_id alone.
 *
 * @example openIdOf('feishu:user:ou_7d8a') // 'ou_7d8a'
 */
export function openIdOf(entry: string): string {
  return entry.replace(prefixes, '');
}
