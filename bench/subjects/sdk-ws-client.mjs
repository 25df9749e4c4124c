// The peer: the SDK's WSClient with a handler that does nothing. Args: the platform's URL.
import { EventDispatcher, LoggerLevel, WSClient } from '@larksuiteoapi/node-sdk';

const [, , domain] = process.argv;
const client = new WSClient({
  appId: 'cli_0123456789abcdef',
  appSecret: 'bench',
  domain,
  loggerLevel: LoggerLevel.error,
});
const eventDispatcher = new EventDispatcher({ loggerLevel: LoggerLevel.error }).register({
  'im.message.receive_v1': async () => undefined,
});
void client.start({ eventDispatcher });
