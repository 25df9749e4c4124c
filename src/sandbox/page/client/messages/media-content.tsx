/** Images, files, voice and video of messages. */
import type { JSX } from 'preact';
import { usePage } from '../context.ts';
import { type Fields, numberOf, textOf } from '../reading.ts';

const addressOf = (key: string): string => `resource/${encodeURIComponent(key)}`;

export function FileLink({ content }: { readonly content: Fields }): JSX.Element {
  const { say } = usePage();
  const name = textOf(content.file_name) || say('file');
  return (
    <a class="file" href={addressOf(textOf(content.file_key))} download={name}>
      <span aria-hidden="true">▤</span> {name}
    </a>
  );
}

export function Voice({ content }: { readonly content: Fields }): JSX.Element {
  const { say } = usePage();
  const seconds = Math.max(1, Math.round(numberOf(content.duration) / 1000));
  const transcript = textOf(content.speech_to_text);
  const label = say('voiceOf', { seconds });
  return (
    <div class="voice">
      <span>
        <span aria-hidden="true">🎤</span> {label}
      </span>
      {/* biome-ignore lint/a11y/useMediaCaption: a transcript is shown as text where there is one */}
      <audio controls preload="none" aria-label={label} src={addressOf(textOf(content.file_key))} />
      {transcript !== '' && <div>{transcript}</div>}
    </div>
  );
}

export function Video({ content }: { readonly content: Fields }): JSX.Element {
  const { say } = usePage();
  const cover = textOf(content.image_key);
  return (
    <div>
      <video
        controls
        preload="none"
        aria-label={textOf(content.file_name) || say('video')}
        src={addressOf(textOf(content.file_key))}
        {...(cover !== '' && { poster: addressOf(cover) })}
      />
      <FileLink content={content} />
    </div>
  );
}
