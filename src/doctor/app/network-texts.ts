/** Texts of the network checks. */
import type { Text } from '../../shared/text/text.ts';

export const networkTexts = {
  noProxy: { en: 'none', zh: '未使用代理' },
  proxyUsed: { en: 'through {proxy}', zh: '经由 {proxy}' },
  proxyExempt: { en: '{host} is exempt', zh: '{host} 不经代理' },
  proxyOdd: {
    en: '{name} is no http(s) address and is ignored',
    zh: '{name} 不是 http(s) 地址，已忽略',
  },
  proxyOddAdvice: {
    en: 'write {name} as http://host:port, or unset it',
    zh: '请将 {name} 写成 http://host:port，或取消设置',
  },
  proxyLoopback: {
    en: '{host} is this machine, yet goes through the proxy {proxy}',
    zh: '{host} 是本机地址，却经由代理 {proxy}',
  },
  proxyLoopbackAdvice: { en: 'add {hostname} to NO_PROXY', zh: '请将 {hostname} 加入 NO_PROXY' },

  reached: { en: '{host} answered in {ms} ms', zh: '{host} 在 {ms} 毫秒内应答' },
  certificateBy: {
    en: '{what} It was issued by “{issuer}”.',
    zh: '{what}签发者为“{issuer}”。',
  },
  certificateAdvice: {
    en: 'If “{issuer}” is your company: set NODE_EXTRA_CA_CERTS to its CA file (PEM), for the gateway too. Otherwise someone may be intercepting your traffic.',
    zh: '若“{issuer}”属于贵公司：请将 NODE_EXTRA_CA_CERTS 设为其 CA 证书文件（PEM），网关进程也要设置；否则可能有人在窃听。',
  },

  clockRight: { en: '{seconds} s against the server', zh: '与服务器相差 {seconds} 秒' },
  clockWrong: {
    en: 'the clock of this machine is {seconds} s off the server’s',
    zh: '本机时间与服务器相差 {seconds} 秒',
  },
  clockAdvice: {
    en: 'set the clock (for example: sudo timedatectl set-ntp true)',
    zh: '请校准系统时间（例如：sudo timedatectl set-ntp true）',
  },
  clockNotReported: { en: 'the server did not return its time', zh: '服务器未返回时间' },
} as const satisfies Record<string, Text>;
