/** Where a person writes: texts, posts, files, voice and stickers; replies and edits. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FeedMessage } from '../../feed-form.ts';
import { usePage } from '../context.ts';
import { type Fields, isFields, listOf, parsedFields, textOf } from '../reading.ts';
import { isImage, upload } from '../server.ts';
import { messageLine } from './message-line.ts';

export type Draft =
  | { readonly kind: 'new' }
  | { readonly kind: 'reply' | 'edit'; readonly message: FeedMessage };

export interface ComposerProps {
  readonly title: string;
  readonly isGroup: boolean;
  readonly place: Fields;
  readonly draft: Draft;
  onWrite(): void;
  onDone(): void;
}

export function Composer({
  title,
  isGroup,
  place,
  draft,
  onWrite,
  onDone,
}: ComposerProps): JSX.Element {
  const { act, lang, me, say, text: names, toast } = usePage();
  const [text, setText] = useState(draft.kind === 'edit' ? writtenText(draft.message) : '');
  const [isPost, setPost] = useState(false);
  const [mentionBot, setMention] = useState(true);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (draft.kind !== 'new') box.current?.focus();
  }, [draft.kind]);

  const common: Fields = {
    ...place,
    from: { openId: me },
    ...(isGroup && { mentionBot }),
    ...(draft.kind === 'reply' && { parentId: draft.message.messageId }),
  };
  const tell = async (said: Fields): Promise<void> => {
    setText('');
    await act('say', { ...common, ...said });
    onDone();
  };
  const send = async (): Promise<void> => {
    if (text.trim() === '') return;
    if (draft.kind === 'edit') {
      const { messageId, msgType } = draft.message;
      await act('edit', {
        messageId,
        ...(msgType === 'post' ? { content: postOf(text) } : { text }),
      });
      onDone();
    } else await tell(isPost ? { content: postOf(text) } : { text });
  };
  const attach = async (files: readonly File[]): Promise<void> => {
    try {
      const keys = await Promise.all(files.map(upload));
      const [file] = files;
      const [key = ''] = keys;
      if (files.length === 1 && file?.type.startsWith('audio/')) await tell({ audio: { key } });
      else if (files.length === 1 && file?.type.startsWith('video/'))
        await tell({ video: { key } });
      else {
        const images = keys.filter((_, index) => isImageAt(files, index));
        const others = keys.filter((_, index) => !isImageAt(files, index));
        await tell({ ...(text !== '' && { text }), images, files: others });
      }
    } catch (error) {
      toast('error', say('failed', { reason: error instanceof Error ? error.message : '' }));
    }
  };
  const sendVoice = async (): Promise<void> => {
    const made = await act('resource', { kind: 'file', bytes: 2_000, fileName: 'voice.ogg' });
    if (!made) return;
    const transcript = text.trim() !== '' && { speechToText: text };
    await tell({ audio: { key: textOf(made.key), durationMs: 3_000, ...transcript } });
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {draft.kind !== 'new' && (
        <div class="quote">
          {draft.kind === 'edit'
            ? say('edit')
            : say('replyTo', {
                name: names.nameOf(draft.message.senderId),
                text: messageLine(draft.message, lang),
              })}{' '}
          <button type="button" onClick={onDone}>
            {say('cancel')}
          </button>
        </div>
      )}
      <textarea
        ref={box}
        rows={2}
        value={text}
        aria-label={say('message')}
        placeholder={say('messageTo', { name: title })}
        onFocus={onWrite}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <div class="row">
        <button type="submit" class="button primary">
          {draft.kind === 'edit' ? say('save') : say('send')}
        </button>
        {draft.kind !== 'edit' && (
          <>
            <label class="button attach">
              {say('attach')}
              <input
                type="file"
                multiple
                onChange={(event) => {
                  const files = [...(event.currentTarget.files ?? [])];
                  event.currentTarget.value = '';
                  void attach(files);
                }}
              />
            </label>
            <button type="button" onClick={() => void sendVoice()}>
              {say('voice')}
            </button>
            <button type="button" onClick={() => void tell({ sticker: 'sticker_wave' })}>
              {say('sticker')}
            </button>
            <label>
              <input
                type="checkbox"
                checked={isPost}
                onChange={(event) => setPost(event.currentTarget.checked)}
              />
              {say('asPost')}
            </label>
            {isGroup && (
              <label>
                <input
                  type="checkbox"
                  checked={mentionBot}
                  onChange={(event) => setMention(event.currentTarget.checked)}
                />
                {say('mentionBot')}
              </label>
            )}
          </>
        )}
      </div>
    </form>
  );
}

function isImageAt(files: readonly File[], index: number): boolean {
  const file = files[index];
  return file !== undefined && isImage(file);
}

/** A post as a client writes it: one paragraph a line. */
function postOf(text: string): Fields {
  const content = text.split('\n').map((line) => [{ tag: 'text', text: line, style: [] }]);
  return { title: '', content };
}

/** What the person wrote, to be edited: without the mentions in front. */
function writtenText({ msgType, content }: FeedMessage): string {
  const fields = parsedFields(content);
  if (msgType === 'text') return textOf(fields.text).replace(/^(?:@_user_\d{1,4} ?)+/, '');
  return listOf(fields.content)
    .map((paragraph) =>
      listOf(paragraph)
        .filter(isFields)
        .map((element) => textOf(element.text))
        .join(''),
    )
    .join('\n');
}
