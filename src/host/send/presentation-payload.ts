/** What a host asks of presentations when it loads the plugin, and how one travels with a payload. Pure, without zod. */
import { type Fields, isFields } from '../../shared/fields.ts';

/** What core may give this channel without rewriting it (ChannelPresentationCapabilities). */
export const presentationCapabilities = {
  supported: true,
  buttons: true,
  selects: true,
  context: true,
  divider: true,
  limits: {
    actions: { maxActions: 40, maxActionsPerRow: 5, maxLabelLength: 100, maxValueBytes: 4000 },
    selects: { maxOptions: 40, maxLabelLength: 100, maxValueBytes: 4000 },
    text: { markdownDialect: 'markdown' },
  },
} as const;

/** A payload with its presentation where the host leaves it until this channel sends it. */
export function withPresentation<P extends { readonly channelData?: unknown }>(
  payload: P,
  presentation: unknown,
): P & { readonly channelData: object } {
  const data = fieldsIn(payload.channelData);
  const feishu = { ...fieldsIn(data.feishu), presentation };
  return { ...payload, channelData: { ...data, feishu } };
}

const fieldsIn = (value: unknown): Fields => (isFields(value) ? value : {});
