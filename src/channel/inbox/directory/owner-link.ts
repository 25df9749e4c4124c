/**
 * Hands messages from a follower, which received them, to the owner of the inbox: one line of JSON
 * a message over a local socket, and one reply a message when it is stored.
 */

import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { parseJson } from '../../../shared/json.ts';
import type { InboundMessage } from '../../message/event.ts';
import { inboxClosed } from '../inbox-errors.ts';
import { messageOf, messageSchema } from './records.ts';

const requestSchema = z.object({ id: z.number(), message: messageSchema });
const replySchema = z.object({ id: z.number(), is: z.enum(['new', 'duplicate', 'refused']) });

type Receive = (message: InboundMessage) => Promise<'new' | 'duplicate'>;

/** Stores the messages of a follower until it disconnects. */
export function serveFollower(socket: Socket, receive: Receive): void {
  createInterface({ input: socket }).on('line', (line) => {
    const request = requestSchema.safeParse(parseJson(line));
    if (!request.success) return void socket.destroy();
    const { id, message } = request.data;
    const reply = (is: string): void => {
      if (socket.writable) socket.write(encodeLine({ id, is }));
    };
    receive(messageOf(message)).then(reply, () => reply('refused'));
  });
}

export interface OwnerLink {
  /** @throws MoltbotFeishuError `inbox-closed`: refused, or the socket closed before the reply */
  readonly receive: Receive;
  /** Resolves when the owner is gone. */
  readonly gone: Promise<void>;
  close(): void;
}

/** @param onGone called when the owner is gone, before the pending `receive` calls reject */
export function connectToOwner(socket: Socket, onGone: () => void): OwnerLink {
  const waiting = new Map<
    number,
    { readonly resolve: (is: 'new' | 'duplicate') => void; readonly reject: (error: Error) => void }
  >();
  let last = 0;
  const gone = new Promise<void>((resolve) => {
    socket.on('close', () => {
      onGone();
      for (const { reject } of waiting.values()) reject(inboxClosed());
      waiting.clear();
      resolve();
    });
  });
  socket.on('error', () => socket.destroy());
  createInterface({ input: socket }).on('line', (line) => {
    const reply = replySchema.safeParse(parseJson(line));
    if (!reply.success) return void socket.destroy();
    const { id, is } = reply.data;
    const request = waiting.get(id);
    waiting.delete(id);
    if (is === 'refused') request?.reject(inboxClosed());
    else request?.resolve(is);
  });
  return {
    receive: (message) =>
      new Promise((resolve, reject) => {
        if (!socket.writable) return reject(inboxClosed());
        last += 1;
        waiting.set(last, { resolve, reject });
        socket.write(encodeLine({ id: last, message }));
      }),
    gone,
    close: () => void socket.destroy(),
  };
}

/** Escapes U+2028 and U+2029, at which readline ends lines, too. */
function encodeLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}
