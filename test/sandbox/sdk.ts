/** The unmodified SDK, pointed at a sandbox. */
import * as lark from '@larksuiteoapi/node-sdk';

const silent = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
};

export interface Credentials {
  readonly appId: string;
  readonly appSecret: string;
}

export function sdkClient(sandbox: Server, app: Credentials = sandbox): lark.Client {
  const { appId, appSecret } = app;
  return new lark.Client({ appId, appSecret, domain: sandbox.url, logger: silent });
}

interface Server extends Credentials {
  readonly url: string;
}

export interface SdkEvent {
  readonly event_id: string;
  readonly app_id: string;
  readonly sender: { sender_id: { open_id: string }; sender_type: string };
  readonly message: {
    message_id: string;
    chat_id: string;
    chat_type: string;
    content: string;
    create_time: string;
    message_type: string;
    mentions?: { key: string; id: { open_id: string }; name: string }[];
    thread_id?: string;
  };
}

/** An event beside im.message.receive_v1, flattened by the SDK. */
export interface OtherEvent extends Record<string, unknown> {
  readonly event_id: string;
  readonly event_type: string;
}

export interface Listener {
  readonly client: lark.WSClient;
  readonly events: SdkEvent[];
  /** What came beside im.message.receive_v1, of the types that were asked for. */
  readonly others: OtherEvent[];
  /** Rejects with the SDK's terminal error. */
  readonly ready: Promise<void>;
  close(): void;
}

/** A WSClient with a handler that records, then does what `handle` does. */
export function listen(
  sandbox: Server,
  options: {
    readonly app?: Credentials;
    readonly handle?: (event: SdkEvent) => unknown;
    /** Event and callback types to listen for, too; what `answer` returns is the answer. */
    readonly types?: readonly string[];
    readonly answer?: (event: OtherEvent) => unknown;
  } = {},
): Listener {
  const { appId, appSecret } = options.app ?? sandbox;
  const events: SdkEvent[] = [];
  const others: OtherEvent[] = [];
  const hear = async (data: unknown) => {
    const event = data as OtherEvent;
    others.push(event);
    return await options.answer?.(event);
  };
  let client: lark.WSClient | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    client = new lark.WSClient({
      appId,
      appSecret,
      domain: sandbox.url,
      logger: silent,
      onReady: resolve,
      onError: reject,
    });
  });
  ready.catch(() => undefined);
  const dispatcher = new lark.EventDispatcher({ logger: silent }).register({
    'im.message.receive_v1': async (data: unknown) => {
      const event = data as SdkEvent;
      events.push(event);
      return await options.handle?.(event);
    },
    ...Object.fromEntries((options.types ?? []).map((type) => [type, hear])),
  });
  void client!.start({ eventDispatcher: dispatcher });
  return { client: client!, events, others, ready, close: () => client!.close({ force: true }) };
}
