/** The panel of a card that lists the tools of the agent. Pure. */
import { inBothLanguages } from '../../formats/both-languages.ts';
import { streamTexts as texts } from '../stream-texts.ts';
import { endedTools } from './tool-steps.ts';

/** The text in the panel: it is updated by calls of its own. */
export const TOOLS_ELEMENT = 'tools';

/** A panel with one tool a line; the names are no Markdown. A folded one is of an answer that ended. */
export function toolPanel(tools: string, { isOpen }: { readonly isOpen: boolean }) {
  return {
    tag: 'collapsible_panel',
    element_id: 'tool_panel',
    expanded: isOpen,
    header: {
      title: {
        ...inBothLanguages(texts.tools),
        text_size: 'notation',
        text_color: 'grey',
      },
      icon: { tag: 'standard_icon', token: 'down-small-ccm_outlined' },
      icon_position: 'follow_text',
      icon_expanded_angle: -180,
    },
    elements: [
      {
        tag: 'div',
        text: {
          tag: 'plain_text',
          element_id: TOOLS_ELEMENT,
          content: isOpen ? tools : endedTools(tools),
          text_size: 'notation',
          text_color: 'grey',
        },
      },
    ],
  } as const;
}
