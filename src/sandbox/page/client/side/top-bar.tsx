/** The bar above: who acts, and how the page looks. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedPerson } from '../../feed-form.ts';
import { usePage } from '../context.ts';
import type { Lang } from '../page-texts.ts';

export interface Look {
  readonly lang: Lang;
  readonly isDark: boolean;
  readonly isNarrow: boolean;
  readonly showsLog: boolean;
}

export interface TopBarProps {
  readonly people: readonly FeedPerson[];
  readonly look: Look;
  onLook(look: Look): void;
  onPerson(openId: string): void;
  onNewPerson(name: string): void;
}

export function TopBar({ people, look, onLook, onPerson, onNewPerson }: TopBarProps): JSX.Element {
  const { me, say } = usePage();
  const [name, setName] = useState('');
  const toggle = (key: 'isDark' | 'isNarrow' | 'showsLog', label: string): JSX.Element => (
    <button
      type="button"
      aria-pressed={look[key]}
      onClick={() => onLook({ ...look, [key]: !look[key] })}
    >
      {label}
    </button>
  );
  return (
    <header class="bar">
      <h1>{say('title')}</h1>
      <label>
        {say('person')}{' '}
        <select value={me} onChange={(event) => onPerson(event.currentTarget.value)}>
          {people.map(({ openId, name: shown }) => (
            <option key={openId} value={openId}>
              {shown}
            </option>
          ))}
        </select>
      </label>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') onNewPerson(name.trim());
          setName('');
        }}
      >
        <input
          aria-label={say('newPerson')}
          placeholder={say('newPerson')}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </form>
      <span class="grow" />
      {toggle('showsLog', say('showLog'))}
      {toggle('isNarrow', say('narrow'))}
      {toggle('isDark', say('dark'))}
      <button
        type="button"
        lang={look.lang === 'en' ? 'zh-CN' : 'en'}
        onClick={() => onLook({ ...look, lang: look.lang === 'en' ? 'zh' : 'en' })}
      >
        {say('language')}
      </button>
    </header>
  );
}
