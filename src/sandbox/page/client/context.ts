/** What every part of the page uses: the data, who acts, the language, and how to act. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PageData } from './data.ts';
import { noData } from './data.ts';
import { type Lang, type PageText, speak } from './page-texts.ts';
import type { Fields } from './reading.ts';
import type { TextContext } from './text/escape.ts';

export interface PageContext {
  readonly data: PageData;
  readonly lang: Lang;
  /** The open_id of the person who acts. */
  readonly me: string;
  readonly text: TextContext;
  say(name: PageText, values?: Readonly<Record<string, string | number>>): string;
  /** A control call; a refusal is shown, and gives `undefined`. */
  act(call: string, body: Fields): Promise<Fields | undefined>;
  toast(type: string, text: string): void;
}

const context = createContext<PageContext>({
  data: noData,
  lang: 'en',
  me: '',
  text: { lang: 'en', nameOf: (id) => id },
  say: (name, values) => speak('en', name, values),
  act: () => Promise.resolve(undefined),
  toast: () => undefined,
});

export const PageProvider = context.Provider;

export const usePage = (): PageContext => useContext(context);
