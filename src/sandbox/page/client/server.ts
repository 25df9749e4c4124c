/** The page's calls to the sandbox: below the page's own address, which holds the token. */
import type { Feed } from '../feed-form.ts';
import { type Fields, fieldsOf, parsedFields, textOf } from './reading.ts';

/** Does something as a person: a control call. Throws an Error with the sandbox's reason. */
export async function act(call: string, body: Fields): Promise<Fields> {
  const response = await fetch(`../${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = parsedFields(await response.text());
  if (!response.ok) throw new Error(textOf(answer.error) || String(response.status));
  return answer;
}

/** Puts a file there, as a client does before it sends; gives its key. */
export async function upload(file: File): Promise<string> {
  const kind = isImage(file) ? 'image' : 'file';
  const base64 = await base64Of(file);
  return textOf((await act('resource', { kind, base64, fileName: file.name })).key);
}

export const isImage = ({ type }: File): boolean => type.startsWith('image/');

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

export interface FeedListener {
  onFeed(feed: Feed): void;
  /** The sandbox answers, or does not. */
  onReach(isReached: boolean): void;
}

const RETRY_MS = 1_000;

/** Asks for what is new until the signal. */
export async function follow(listener: FeedListener, signal: AbortSignal): Promise<void> {
  let cursor = 0;
  while (!signal.aborted) {
    try {
      const response = await fetch(`feed?after=${cursor}`, { signal });
      if (!response.ok) throw new Error(String(response.status));
      const feed = (await response.json()) as Feed;
      cursor = feed.cursor;
      listener.onReach(true);
      listener.onFeed(feed);
    } catch {
      if (signal.aborted) return;
      listener.onReach(false);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** The toast in an app's answer to a click, in the page's language. */
export function toastIn(
  answer: unknown,
  lang: 'en' | 'zh',
): { readonly type: string; readonly text: string } | undefined {
  const { toast } = fieldsOf(answer);
  const { type, content, i18n } = fieldsOf(toast);
  const text = textOf(fieldsOf(i18n)[lang === 'zh' ? 'zh_cn' : 'en_us']) || textOf(content);
  return text === '' ? undefined : { type: textOf(type) || 'info', text };
}
