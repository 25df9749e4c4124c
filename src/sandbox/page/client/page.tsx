/** The whole page: chats, the open chat, the log; who acts and how it looks. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type PageContext, PageProvider } from './context.ts';
import { nameIn, noData, type PageData, withFeed } from './data.ts';
import { Conversation } from './messages/conversation.tsx';
import { type Lang, speak } from './page-texts.ts';
import type { Fields } from './reading.ts';
import { act, follow } from './server.ts';
import { type ChatChoice, ChatList, directChat } from './side/chat-list.tsx';
import { LogView } from './side/log-view.tsx';
import { type Look, TopBar } from './side/top-bar.tsx';

interface Toast {
  readonly id: number;
  readonly type: string;
  readonly text: string;
}

const TOAST_MS = 4_000;

export function Page({ lang: firstLang }: { readonly lang: Lang }): JSX.Element {
  const [data, setData] = useState<PageData>(noData);
  const [isReached, setReached] = useState(true);
  const [look, setLook] = useState<Look>(() => ({
    lang: firstLang,
    isDark: matchMedia('(prefers-color-scheme: dark)').matches,
    isNarrow: false,
    // On a phone the chat comes first.
    showsLog: !matchMedia('(max-width: 720px)').matches,
  }));
  const [person, setPerson] = useState('');
  const [newPeople, setNewPeople] = useState<PageData['people']>([]);
  const [choice, setChoice] = useState<ChatChoice>();
  const [forms, setForms] = useState<Readonly<Record<string, string>>>({});
  const [toasts, setToasts] = useState<readonly Toast[]>([]);

  useEffect(() => {
    const controller = new AbortController();
    const onFeed = (feed: Parameters<typeof withFeed>[1]): void =>
      setData((before) => withFeed(before, feed));
    void follow({ onFeed, onReach: setReached }, controller.signal);
    return () => controller.abort();
  }, []);
  useEffect(() => {
    document.documentElement.lang = look.lang === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset.theme = look.isDark ? 'dark' : 'light';
  }, [look]);

  const { lang } = look;
  const known = new Set(data.people.map(({ openId }) => openId));
  const people = [...data.people, ...newPeople.filter(({ openId }) => !known.has(openId))];
  const me = person || (people[0]?.openId ?? '');
  const page = useMemo((): PageContext => {
    const toast = (type: string, text: string): void => {
      const id = Date.now() + Math.random();
      setToasts((shown) => [...shown, { id, type, text }]);
      setTimeout(() => setToasts((shown) => shown.filter((one) => one.id !== id)), TOAST_MS);
    };
    return {
      data,
      lang,
      me,
      text: { lang, nameOf: (id) => nameIn(data, id) },
      say: (name, values) => speak(lang, name, values),
      toast,
      async act(call, body) {
        try {
          return await act(call, withName(body, newPeople));
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          toast('error', speak(lang, 'failed', { reason }));
          return undefined;
        }
      },
    };
  }, [data, lang, me, newPeople]);

  const chosen = choice ?? firstChoice(data);
  const chat =
    chosen?.kind === 'group'
      ? data.chats.find(({ chatId }) => chatId === chosen.chatId)
      : chosen && directChat(data.chats, chosen.appId, me);
  const newGroup = async (form: 'plain' | 'topic'): Promise<void> => {
    const chatId = `oc_${crypto.randomUUID().replaceAll('-', '')}`;
    const made = await page.act('membership', { chatId, isMember: true });
    if (made === undefined) return;
    setForms({ ...forms, [chatId]: form });
    setChoice({ kind: 'group', chatId });
  };
  const place: Fields =
    chosen?.kind === 'group'
      ? {
          chatId: chosen.chatId,
          chatType: 'group',
          ...(forms[chosen.chatId] === 'topic' && { chatForm: 'topic' }),
        }
      : { appId: chosen?.appId };
  return (
    <PageProvider value={page}>
      <div class={`page ${look.isNarrow ? 'narrow' : ''} ${look.showsLog ? '' : 'without-log'}`}>
        <TopBar
          people={people}
          look={look}
          onLook={setLook}
          onPerson={setPerson}
          onNewPerson={(name) => {
            const openId = `ou_${crypto.randomUUID().replaceAll('-', '')}`;
            setNewPeople([...newPeople, { openId, name }]);
            setPerson(openId);
          }}
        />
        {!isReached && <p role="alert">{speak(lang, 'lost')}</p>}
        <ChatList
          choice={chosen}
          onChoose={(next) => {
            setChoice(next);
            if (next.kind === 'bot')
              void page.act('open', { appId: next.appId, from: { openId: me } });
          }}
          onNewGroup={(form) => void newGroup(form)}
        />
        <Conversation
          key={`${me} ${chat?.chatId ?? ''}`}
          chat={chat}
          title={chosen?.kind === 'bot' ? nameIn(data, chosen.appId) : (chat?.name ?? '')}
          place={place}
          onWrite={() => setChoice(chosen)}
        />
        <LogView />
        <div class="toasts" role="status">
          {toasts.map(({ id, type, text }) => (
            <div key={id} class={`toast ${type}`}>
              {text}
            </div>
          ))}
        </div>
      </div>
    </PageProvider>
  );
}

/** The chat with a bot that is connected, until the person chooses one. */
function firstChoice({ apps }: PageData): ChatChoice | undefined {
  const app = apps.find(({ connections }) => connections > 0) ?? apps[0];
  return app && { kind: 'bot', appId: app.appId };
}

/** Names a person whom the sandbox does not know yet. */
function withName(body: Fields, people: PageData['people']): Fields {
  const from = body.from as { readonly openId?: string } | undefined;
  const known = people.find(({ openId }) => openId === from?.openId);
  return known ? { ...body, from: { ...from, name: known.name } } : body;
}
