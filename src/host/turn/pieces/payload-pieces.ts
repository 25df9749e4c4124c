/** What a payload that the host delivers adds to an answer. */
import type { AnswerPiece } from '../../../channel/answer/answer-piece.ts';
import type { ReplyPayload } from '../../runtime-contract.ts';
import { mediaItemsOf } from '../../send/host-media.ts';
import { hostMessageOf, hostTextOf } from '../../send/host-message.ts';
import type { ReplyText } from './reply-text.ts';

/** @param text the answer so far: what was streamed already is not said again */
export function payloadPieces(
  payload: ReplyPayload,
  kind: 'tool' | 'block' | 'final',
  text: ReplyText,
): readonly AnswerPiece[] {
  const added = (said: string): string =>
    kind === 'tool' ? text.addSeparate(said) : text.addDelivered(said);
  const message = hostMessageOf(payload);
  const media = mediaItemsOf(payload);
  if (message.kind === 'item' && message.item.kind === 'buttons') {
    const { item } = message;
    return [{ ...item, text: added(item.text ?? '').trim() }, ...media];
  }
  const said = added(hostTextOf(payload));
  return message.kind === 'item' ? [said, message.item, ...media] : [said, ...media];
}
