// The peer: the SDK's LarkChannel, echoing. Args: the platform's URL.
import { createLarkChannel, LoggerLevel } from '@larksuiteoapi/node-sdk';

const [, , domain] = process.argv;
const channel = createLarkChannel({
  appId: 'cli_0123456789abcdef',
  appSecret: 'bench',
  domain,
  loggerLevel: LoggerLevel.error,
});
channel.on('message', async ({ chatId, content }) => {
  await channel.send(chatId, { text: content });
});
await channel.connect();
