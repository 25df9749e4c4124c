/**
 * The message types. A new one is a file here and a line in this list; test/channel/message/content
 * fails on a file that is not listed, and on a name that two types claim.
 */
import type { ContentType } from '../content-type.ts';
import { actionType, menuType } from './action.ts';
import { audioType } from './audio.ts';
import { calendarEventType } from './calendar-event.ts';
import { cardType } from './card.ts';
import { fileType, folderType } from './file.ts';
import { imageType } from './image.ts';
import { locationType } from './location.ts';
import { mergeForwardType } from './merge-forward.ts';
import { pollType } from './poll.ts';
import { postType } from './post.ts';
import { redPacketType } from './red-packet.ts';
import { sharedChatType, sharedUserType } from './shared.ts';
import { stickerType } from './sticker.ts';
import { systemType } from './system.ts';
import { taskType } from './task.ts';
import { textType } from './text.ts';
import { videoType } from './video.ts';
import { videoChatType } from './video-chat.ts';

export const contentTypes: readonly ContentType[] = [
  textType,
  postType,
  imageType,
  fileType,
  folderType,
  audioType,
  videoType,
  stickerType,
  cardType,
  sharedChatType,
  sharedUserType,
  locationType,
  calendarEventType,
  videoChatType,
  taskType,
  pollType,
  redPacketType,
  mergeForwardType,
  systemType,
  actionType,
  menuType,
];
