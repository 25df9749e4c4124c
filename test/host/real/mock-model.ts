/** An OpenAI-compatible model on loopback: says what a test tells it to, at the pace it is told. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface ToolCall {
  readonly name: string;
  readonly parameters: object;
}

export interface Answer {
  readonly text: string;
  /** A tool that the model calls instead; the host asks again with its result. */
  readonly tool?: ToolCall;
  /** Before the first word (ms). */
  readonly delayMs?: number;
  /** Between the pieces of the text (ms). */
  readonly pieceMs?: number;
  /** Of a piece; 40 if not given. */
  readonly pieceCharacters?: number;
  /** After each piece was given to the host. */
  readonly onPiece?: () => void;
}

export interface MockModel {
  readonly baseUrl: string;
  /** What stood in the requests, the newest last: everything that the model was told. */
  readonly prompts: readonly string[];
  /** Those of the requests that the host gave up before the answer was complete. */
  readonly abandoned: readonly string[];
  close(): Promise<void>;
}

/** @param answerTo the last words of the user, as the host gives them */
export async function startMockModel(answerTo: (said: string) => Answer): Promise<MockModel> {
  const prompts: string[] = [];
  const abandoned: string[] = [];
  const server = createServer(async (request, response) => {
    let raw = '';
    for await (const piece of request) raw += piece;
    if (!request.url?.includes('/chat/completions')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'mock-1', object: 'model' }] }));
      return;
    }
    const body = JSON.parse(raw) as {
      messages?: { role: string; content: unknown }[];
      tools?: { function: { name: string } }[];
    };
    prompts.push(raw);
    response.once('close', () => {
      if (!response.writableFinished) abandoned.push(raw);
    });
    const answer = answerTo(lastUserText(body.messages ?? []));
    const { text, delayMs = 0, pieceMs = 0, pieceCharacters = 40 } = answer;
    const offered = (body.tools ?? []).map((one) => one.function.name);
    const tool = answer.tool && asOffered(answer.tool, offered);
    await delay(delayMs);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const base = { id: `mock-${prompts.length}`, created: 0, model: 'mock-1' };
    const send = (delta: object, finish: string | null = null, extra: object = {}): void => {
      const choices = [{ index: 0, delta, finish_reason: finish }];
      const chunk = { ...base, object: 'chat.completion.chunk', choices, ...extra };
      response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    };
    send({ role: 'assistant', content: '' });
    for (let from = 0; from < text.length; from += pieceCharacters) {
      send({ content: text.slice(from, from + pieceCharacters) });
      answer.onPiece?.();
      if (pieceMs > 0) await delay(pieceMs);
    }
    if (tool) {
      const called = { name: tool.name, arguments: JSON.stringify(tool.parameters) };
      const id = `call_${prompts.length}`;
      send({ tool_calls: [{ index: 0, id, type: 'function', function: called }] });
    }
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    send({}, tool ? 'tool_calls' : 'stop', { usage });
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    prompts,
    abandoned,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** OpenClaw offers most tools by a catalog: a tool of its own calls them by name. */
function asOffered(tool: ToolCall, offered: readonly string[]): ToolCall {
  const isListed = offered.includes(tool.name) || !offered.includes('tool_call');
  if (isListed) return tool;
  return { name: 'tool_call', parameters: { id: tool.name, args: tool.parameters } };
}

/** What came since the model spoke last: hosts put what they know around a message, or before it. */
function lastUserText(messages: readonly { role: string; content: unknown }[]): string {
  const since = messages.findLastIndex(({ role }) => role === 'assistant') + 1;
  return messages
    .slice(since)
    .filter(({ role }) => role !== 'system')
    .map(({ content }) => textOf(content))
    .join('\n');
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: string }) => part.text ?? '').join('');
}
