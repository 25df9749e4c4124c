/** Codes of cards and CardKit, and the sub-codes inside 230099. Source: shelf 5.5. */
import type { Text } from '../../../shared/text.ts';
import { type ErrorRow, family } from '../entry.ts';

const asText: Text = { en: 'It is sent as text instead.', zh: '会改以文本发送。' };
const report: Text = { en: 'Report this with the log id.', zh: '请附上 Log ID 反馈此问题。' };
const newCard: Text = { en: 'A new card is made.', zh: '会创建新的卡片。' };
const split: Text = { en: 'It is split into several.', zh: '会拆分为多张卡片。' };
const onlyTemplates: Text = {
  en: 'Templates are not used by this bot.',
  zh: '机器人不使用卡片模板。',
};

const row = (code: number, meaning: Text, cause: Text, fix: Text): ErrorRow => ({
  code,
  meaning,
  cause,
  fix,
});

const contentRows: readonly ErrorRow[] = [
  row(
    11310,
    { en: 'The card was refused: {msg}', zh: '卡片被拒绝：{msg}' },
    {
      en: 'Too many tables or elements, or a wrong card id.',
      zh: '表格或组件过多，或卡片 ID 无效。',
    },
    asText,
  ),
  row(
    100290,
    { en: 'A person in the card is unknown', zh: '卡片中的人员无效' },
    { en: 'A mention names an unknown id.', zh: '@ 的用户 ID 不存在。' },
    { en: 'The mention is taken out.', zh: '会去除该 @。' },
  ),
  row(200380, { en: 'The card template is missing', zh: '卡片模板不存在' }, onlyTemplates, report),
  row(
    200381,
    { en: 'The card template is not visible', zh: '卡片模板不可见' },
    onlyTemplates,
    report,
  ),
  row(
    200732,
    { en: 'A template variable has the wrong type', zh: '卡片模板变量类型错误' },
    onlyTemplates,
    report,
  ),
  row(
    200550,
    { en: 'The chart in the card is invalid', zh: '卡片图表定义无效' },
    { en: 'The chart’s description was refused.', zh: '图表描述未被接受。' },
    asText,
  ),
  row(
    200570,
    { en: 'An image in the card is invalid', zh: '卡片图片 key 无效' },
    { en: 'Its key belongs to no image of this app.', zh: '图片 key 不属于本应用。' },
    { en: 'The image is taken out.', zh: '会去除该图片。' },
  ),
  row(
    200621,
    { en: 'The card could not be read', zh: '卡片 JSON 解析失败' },
    { en: 'Its JSON is not valid.', zh: 'JSON 内容无效。' },
    report,
  ),
  row(
    200861,
    { en: 'A part of the card is not supported', zh: '卡片包含不支持的组件' },
    { en: 'Schema 2.0 has no such tag.', zh: '2.0 结构不支持该标签。' },
    report,
  ),
  row(
    200914,
    { en: 'The rows of a table are invalid', zh: '表格行数据无效' },
    { en: 'Rows and columns do not match.', zh: '行与列不匹配。' },
    asText,
  ),
  row(
    200915,
    { en: 'A column of a table is invalid', zh: '表格列名无效' },
    { en: 'A row names an unknown column.', zh: '行数据使用了未知的列名。' },
    asText,
  ),
];

const entityRows: readonly ErrorRow[] = [
  row(
    200220,
    { en: 'The card’s JSON is wrong', zh: '卡片 JSON 错误' },
    { en: 'The platform could not read it.', zh: '平台无法解析。' },
    asText,
  ),
  ...[200510, 200850].map((code) =>
    row(
      code,
      { en: 'The card’s streaming mode timed out', zh: '卡片流式模式已超时' },
      { en: 'It closes by itself after 10 minutes.', zh: '流式模式 10 分钟后自动关闭。' },
      { en: 'It is opened again, or the card is finished.', zh: '会重新开启，或直接完成卡片。' },
    ),
  ),
  row(
    300309,
    { en: 'The card’s streaming mode is closed', zh: '卡片流式模式已关闭' },
    { en: 'It was closed before this write.', zh: '写入前流式模式已关闭。' },
    { en: 'The card is finished without it.', zh: '会以普通方式完成卡片。' },
  ),
  row(
    10002,
    { en: 'A parameter of the card call is invalid', zh: '卡片接口参数无效' },
    { en: 'The platform did not take it.', zh: '平台未接受该参数。' },
    newCard,
  ),
  row(
    200740,
    { en: 'The card does not exist', zh: '卡片不存在' },
    { en: 'A wrong card id.', zh: '卡片 ID 有误。' },
    newCard,
  ),
  row(
    200750,
    { en: 'The card has expired', zh: '卡片已过期' },
    { en: 'Cards live 14 days.', zh: '卡片有效期为 14 天。' },
    newCard,
  ),
  row(
    200770,
    { en: 'The uuid was used for something else', zh: 'uuid 冲突' },
    { en: 'The same uuid with another content.', zh: '相同 uuid 对应了不同内容。' },
    { en: 'It is sent with a new uuid.', zh: '会使用新的 uuid 重发。' },
  ),
  {
    ...row(
      200810,
      { en: 'Somebody is using the card right now', zh: '用户正在操作卡片' },
      { en: 'It cannot be changed meanwhile.', zh: '操作期间无法更新。' },
      { en: 'It is tried again by itself.', zh: '会自动重试。' },
    ),
    outcome: 'retry',
  },
  row(
    200860,
    { en: 'The card is too large', zh: '卡片内容过大' },
    { en: 'A card may have 30 KB.', zh: '卡片上限 30 KB。' },
    split,
  ),
  {
    ...row(
      300120,
      { en: 'The card service failed', zh: '卡片服务内部错误' },
      { en: 'A passing fault of the platform.', zh: '平台的暂时故障。' },
      { en: 'It is tried again by itself.', zh: '会自动重试。' },
    ),
    outcome: 'retry',
  },
  row(
    300301,
    { en: 'An element id is used twice', zh: '组件 ID 重复' },
    { en: 'Each element needs its own id.', zh: '每个组件的 ID 必须唯一。' },
    report,
  ),
  row(
    300302,
    { en: 'The card must be shared (update_multi)', zh: '卡片须为共享卡片（update_multi）' },
    { en: 'update_multi must be true.', zh: 'update_multi 必须为 true。' },
    report,
  ),
  row(
    300305,
    { en: 'The card has more than 200 elements', zh: '卡片组件超过 200 个' },
    { en: 'Nested ones count too.', zh: '嵌套组件也计算在内。' },
    split,
  ),
  row(
    300307,
    { en: 'The card is empty', zh: '卡片内容为空' },
    { en: 'It has no element.', zh: '没有任何组件。' },
    report,
  ),
  row(
    300311,
    { en: 'The card belongs to another app', zh: '卡片属于其他应用' },
    { en: 'Only the app that made it may change it.', zh: '仅创建者应用可以更新。' },
    newCard,
  ),
  {
    ...row(
      300313,
      { en: 'The element is not there yet', zh: '组件尚未就绪' },
      { en: 'The card was made a moment ago.', zh: '卡片刚刚创建。' },
      { en: 'It is tried again by itself.', zh: '会自动重试。' },
    ),
    outcome: 'retry',
  },
  row(
    300315,
    { en: 'The element could not be added', zh: '组件添加失败' },
    { en: 'The card does not take it.', zh: '卡片不接受该组件。' },
    asText,
  ),
  row(
    300317,
    { en: 'The sequence number did not rise', zh: '序号未递增' },
    {
      en: 'An earlier write may have landed after all.',
      zh: '之前的写入可能已经生效。',
    },
    { en: 'The next write uses the next number.', zh: '会使用下一个序号继续。' },
  ),
  {
    ...row(
      200340,
      { en: 'The card’s button reached nobody', zh: '卡片按钮没有响应' },
      {
        en: 'The callback mode is not long connection, or card.action.trigger is missing or unpublished.',
        zh: '回调订阅方式不是长连接，或未添加、未发布 card.action.trigger。',
      },
      {
        en: 'Set callbacks to persistent connection, add card.action.trigger, publish a version.',
        zh: '请将回调订阅方式设为长连接，添加 card.action.trigger，并发布版本。',
      },
    ),
    link: (links) => links.callbacks,
  },
];

export const cardErrors = family('card', [...contentRows, ...entityRows]);
