/** The keys that go with a link on the screen: open it here, copy it. */
import { localize } from '../../../shared/text/text.ts';
import type { WaitKey } from '../../conversation/conversation.ts';
import { openLink } from '../../link/open-link.ts';
import { scanTexts as texts } from '../../link/scan-texts.ts';
import type { Run } from '../../run.ts';

export function linkKeys({ options }: Run, url: string): readonly WaitKey<never>[] {
  const { conversation, env, platform } = options;
  return [
    {
      key: 'o',
      label: texts.keyOpen,
      act: async () =>
        localize((await openLink(url, { env, platform })) ? texts.opened : texts.notOpened, {
          url,
        }),
    },
    {
      key: 'c',
      label: texts.keyCopy,
      act: async () => localize(conversation.copy(url) ? texts.copied : texts.notCopied, { url }),
    },
  ];
}
