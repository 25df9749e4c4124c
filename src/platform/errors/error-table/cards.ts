/** Codes of cards and CardKit, and the sub-codes inside 230099. Source: docs/platform/media-and-cards.md#when-a-card-is-refused. */
import { family } from '../entry.ts';
import { asText, newCard, reopen, report, retried, splitCard } from './advice.ts';

// biome-ignore format: one row a line
export const cardErrors = family('card', [
  [11310, { en: 'The card was refused: {msg}', zh: '卡片被拒绝：{msg}' }, asText],
  [100290, { en: 'A person in the card is unknown', zh: '卡片中的人员无效' }, { en: 'Remove the mention.', zh: '请去除该 @。' }],
  [200380, { en: 'The card template is missing', zh: '卡片模板不存在' }, report],
  [200381, { en: 'The card template is not visible', zh: '卡片模板不可见' }, report],
  [200732, { en: 'A template variable has the wrong type', zh: '卡片模板变量类型错误' }, report],
  [200550, { en: 'The chart in the card is invalid', zh: '卡片图表定义无效' }, asText],
  [200570, { en: 'An image in the card is invalid', zh: '卡片图片 key 无效' }, { en: 'Remove the image.', zh: '请去除该图片。' }],
  [200621, { en: 'The card could not be read', zh: '卡片 JSON 解析失败' }, report],
  [200861, { en: 'A part of the card is not supported', zh: '卡片包含不支持的组件' }, report],
  [200914, { en: 'The rows of a table are invalid', zh: '表格行数据无效' }, asText],
  [200915, { en: 'A column of a table is invalid', zh: '表格列名无效' }, asText],
  [200220, { en: 'The card’s JSON is wrong', zh: '卡片 JSON 错误' }, asText],
  [[200510, 200850], { en: 'The card’s streaming mode timed out', zh: '卡片流式模式已超时' }, reopen],
  [300309, { en: 'The card’s streaming mode is closed', zh: '卡片流式模式已关闭' }, { en: 'Finish the card with an ordinary update.', zh: '请以普通更新完成卡片。' }],
  [10002, { en: 'A parameter of the card call is invalid', zh: '卡片接口参数无效' }, newCard],
  [200740, { en: 'The card does not exist', zh: '卡片不存在' }, newCard],
  [200750, { en: 'The card has expired', zh: '卡片已过期' }, newCard],
  [200770, { en: 'The uuid was used for something else', zh: 'uuid 冲突' }, { en: 'Send it with a new uuid.', zh: '请使用新的 uuid 重发。' }],
  [200810, { en: 'A person is using the card right now', zh: '用户正在操作卡片' }, retried, { outcome: 'retry' }],
  [200860, { en: 'The card is too large', zh: '卡片内容过大' }, splitCard],
  [300120, { en: 'The card service failed', zh: '卡片服务内部错误' }, retried, { outcome: 'retry' }],
  [300301, { en: 'An element id is used twice', zh: '组件 ID 重复' }, report],
  [300302, { en: 'The card must be shared (update_multi)', zh: '卡片须为共享卡片（update_multi）' }, report],
  [300305, { en: 'The card has more than 200 elements', zh: '卡片组件超过 200 个' }, splitCard],
  [300307, { en: 'The card is empty', zh: '卡片内容为空' }, report],
  [300311, { en: 'The card belongs to another app', zh: '卡片属于其他应用' }, newCard],
  [300313, { en: 'The element is not there yet', zh: '组件尚未就绪' }, retried, { outcome: 'retry' }],
  [300315, { en: 'The element could not be added', zh: '组件添加失败' }, asText],
  [300317, { en: 'The sequence number did not rise', zh: '序号未递增' }, { en: 'Write again with the next number.', zh: '请使用下一个序号写入。' }],
  [200340, { en: 'The card’s button got no answer', zh: '卡片按钮没有响应' }, { en: 'Set callbacks to long connection, add card.action.trigger, publish a version.', zh: '请将回调订阅方式设为长连接，添加 card.action.trigger，并发布版本。' }, { page: 'callbacks' }],
]);
