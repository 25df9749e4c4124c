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

export interface Listener {
  readonly client: lark.WSClient;
  readonly events: SdkEvent[];
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
  } = {},
): Listener {
  const { appId, appSecret } = options.app ?? sandbox;
  const events: SdkEvent[] = [];
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
  });
  void client!.start({ eventDispatcher: dispatcher });
  return { client: client!, events, ready, close: () => client!.close({ force: true }) };
}
