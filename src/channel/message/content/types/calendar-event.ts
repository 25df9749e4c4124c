import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { labelled } from '../pieces/placeholder.ts';
import { timeText } from '../time-text.ts';
import { asObject, asText } from '../untyped.ts';

/** Shared events, invitations, and what calendars send by themselves. */
export const calendarEventType: ContentType = {
  names: ['share_calendar_event', 'calendar', 'general_calendar'],
  read: (content, { lang }) => {
    const { summary, start_time: start, end_time: end } = asObject(content);
    const times = [timeText(start), timeText(end)].filter(Boolean);
    return labelled(texts.calendarEvent, [asText(summary), times.join(' – ')], lang);
  },
};
