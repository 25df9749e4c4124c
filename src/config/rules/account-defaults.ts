/** What holds where an account says nothing. Apart from the schema, so that reading it does not load zod. */
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
  mediaMaxMb: 30,
  typingReaction: true,
} as const;
