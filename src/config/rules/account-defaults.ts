/** The default settings of an account. Apart from the schema, so that reading them does not load zod. */
export const accountDefaults = {
  enabled: true,
  domain: 'feishu',
  dmPolicy: 'open',
  allowFrom: [],
  dms: {},
  groupPolicy: 'open',
  groupAllowFrom: [],
  groupSenderAllowFrom: [],
  requireMention: true,
  groups: {},
  replyInThread: false,
  streaming: 'block',
  typingReaction: true,
} as const;
