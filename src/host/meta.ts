/** How hosts present the channel; the build puts the same into the plugin's package.json. */
export const channelMeta = {
  id: 'feishu',
  label: 'Feishu',
  selectionLabel: 'Feishu/Lark (飞书)',
  detailLabel: 'Feishu Bot',
  docsPath: '/channels/feishu',
  docsLabel: 'feishu',
  blurb: 'Feishu/Lark (飞书) bot over a long connection: no public address needed.',
  aliases: ['lark'],
  order: 35,
  quickstartAllowFrom: true,
} as const;
