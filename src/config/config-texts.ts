/** User texts of the config room; key-texts.ts has the meaning of the keys. */
import type { Text } from '../shared/text/text.ts';

export const configTexts = {
  usesConfig: { en: 'config {path} ({because})', zh: '配置文件 {path}（{because}）' },
  becauseFlag: { en: 'named by --config', zh: '由 --config 指定' },
  becauseVariable: { en: 'named by {name}', zh: '由环境变量 {name} 指定' },
  becauseStateDir: { en: 'in the directory named by {name}', zh: '位于 {name} 指定的目录' },
  becauseHost: { en: 'the file that {host} reads', zh: '{host} 读取的配置文件' },
  becauseFound: { en: 'the first config found', zh: '找到的第一个配置文件' },
  becauseDefault: { en: 'no config found, the usual place', zh: '未找到配置文件，使用默认位置' },

  unparsable: {
    en: '{path} is not valid JSON5: line {line}, column {column}: {problem}\n  {source}',
    zh: '{path} 不是有效的 JSON5：第 {line} 行第 {column} 列：{problem}\n  {source}',
  },
  unparsableAdvice: {
    en: 'Correct that line in {path}, then run again. The file was not touched.',
    zh: '请修正 {path} 中的这一行后重试。文件未被改动。',
  },
  expected: { en: 'expected {expected}, found {found}', zh: '此处应为 {expected}，实际为 {found}' },
  unexpected: { en: 'unexpected {found}', zh: '多余的 {found}' },
  aValue: { en: 'a value', zh: '值' },
  aKey: { en: 'a key', zh: '键' },
  aWord: { en: 'a word that is not quoted', zh: '未加引号的内容' },
  endOfFile: { en: 'the end of the file', zh: '文件结尾' },
  openComment: { en: 'this comment is never closed', zh: '注释没有结束' },
  openString: { en: 'this string is never closed', zh: '字符串没有结束' },
  badEscape: { en: 'JSON5 knows no such escape', zh: 'JSON5 中没有这种转义' },
  tooDeep: { en: 'nested too deeply', zh: '嵌套过深' },
  unreadable: { en: '{path} cannot be read ({reason}).', zh: '无法读取 {path}（{reason}）。' },
  notRegular: { en: 'not a regular file but {kind}', zh: '不是普通文件，而是{kind}' },
  aDirectory: { en: 'a directory', zh: '目录' },
  aPipe: { en: 'a named pipe', zh: '命名管道' },
  aSocket: { en: 'a socket', zh: '套接字' },
  aDevice: { en: 'a device', zh: '设备' },
  tooLarge: { en: 'larger than {kb} KB', zh: '超过 {kb} KB' },
  unreadableAdvice: {
    en: 'Check that {path} is a file and that this user may read it.',
    zh: '请检查 {path} 是否为文件，以及当前用户是否有读取权限。',
  },
  notUtf8: { en: 'not UTF-8', zh: '不是 UTF-8 编码' },
  invalid: { en: '{path}: {problem}', zh: '{path}：{problem}' },
  invalidMany: {
    en: '{path}: these settings are wrong:\n  {problems}',
    zh: '{path}：以下设置有误：\n  {problems}',
  },
  invalidValue: {
    en: '{key} is {found}; allowed: {allowed}.',
    zh: '{key} 的值为 {found}；允许的值：{allowed}。',
  },
  invalidName: {
    en: '{key} has a wrong name; allowed: {allowed}.',
    zh: '{key} 的名称有误；允许的名称：{allowed}。',
  },
  unknownAccessKey: {
    en: '{key} is not a known key, and its name is about who may use the bot: nothing starts while it is there.',
    zh: '{key} 不是已知的配置项，但其名称涉及谁可以使用机器人；修正之前不会启动。',
  },
  unknownAccessKeyNear: {
    en: '{key} is not a known key, and its name is about who may use the bot: nothing starts while it is there. Did you mean {near}?',
    zh: '{key} 不是已知的配置项，但其名称涉及谁可以使用机器人；修正之前不会启动。是否想写 {near}？',
  },
  invalidAdvice: { en: 'Correct it in {path}, then run again.', zh: '请在 {path} 中修正后重试。' },
  wholeFile: { en: 'the whole file', zh: '整个文件' },
  anObject: { en: 'an object', zh: '对象' },
  contextHidden: {
    en: '{key} is {found}: it hides messages of other people from the agent, and that cannot be honoured here. Remove it there, and set contextVisibility in each of the other channels.',
    zh: '{key} 的值为 {found}：它会对智能体隐藏其他人的消息，本插件无法实现。请移除该项，并在其他各渠道中分别设置 contextVisibility。',
  },
  unknownKey: {
    en: '{key} is not a known key and is ignored.',
    zh: '{key} 不是已知的配置项，已忽略。',
  },
  unknownKeyNear: {
    en: '{key} is not a known key and is ignored; did you mean {near}?',
    zh: '{key} 不是已知的配置项，已忽略；是否想写 {near}？',
  },

  allowedValues: { en: '{values}', zh: '{values}' },
  allowedText: { en: 'a text', zh: '文本' },
  allowedNumber: { en: 'a number', zh: '数字' },
  allowedBoolean: { en: 'true or false', zh: 'true 或 false' },
  allowedList: { en: 'a list', zh: '列表' },
  allowedAppId: { en: 'cli_ and 16 characters of 0-9 and a-f', zh: 'cli_ 加 16 位 0-9、a-f 字符' },
  allowedOpenId: { en: 'an open_id (ou_…) or "*"', zh: 'open_id（ou_…）或 "*"' },
  allowedChatId: { en: 'a chat_id (oc_…) or "*"', zh: 'chat_id（oc_…）或 "*"' },
  allowedDomain: {
    en: '"feishu", "lark" or an http(s) URL',
    zh: '"feishu"、"lark" 或 http(s) 网址',
  },
  allowedInbox: {
    en: 'a directory, or redis://, rediss://, valkey:// or valkeys:// (special characters of the password as %XX)',
    zh: '目录，或 redis://、rediss://、valkey://、valkeys://（密码中的特殊字符写作 %XX）',
  },
  allowedMegabytes: { en: 'a number above 0, at most 100', zh: '大于 0、不超过 100 的数字' },
  allowedMessages: { en: 'a whole number from 1 to 50', zh: '1 到 50 的整数' },
  allowedChunkLimit: { en: 'a whole number from 100 to 10000', zh: '100 到 10000 的整数' },
  allowedBots: { en: 'true, false or "mentions"', zh: 'true、false 或 "mentions"' },
  allowedWelcome: { en: 'a text, or {"en": …, "zh": …}', zh: '文本，或 {"en": …, "zh": …}' },

  variableMissing: {
    en: '{path}: {key} needs the environment variable {name}, which is not set.',
    zh: '{path}：{key} 需要环境变量 {name}，但它未设置。',
  },
  variableMissingAdvice: {
    en: 'Set {name} in the environment (or under env in the config), or write the value itself.',
    zh: '请设置环境变量 {name}（或在配置的 env 中设置），或直接写入值。',
  },

  includeCycle: { en: '{path} includes itself: {chain}.', zh: '{path} 循环包含自身：{chain}。' },
  includeDepth: {
    en: '{path}: $include is nested more than {depth} deep.',
    zh: '{path}：$include 嵌套超过 {depth} 层。',
  },
  includeMany: {
    en: '{path}: with {file}, more than {max} files are included.',
    zh: '{path}：算上 {file}，包含的文件超过 {max} 个。',
  },
  includeLarge: {
    en: '{path}: with {file}, the included files are larger than {mb} MB.',
    zh: '{path}：算上 {file}，包含的文件总计超过 {mb} MB。',
  },
  includeForm: {
    en: '{path}: $include must be a file name or a list of file names.',
    zh: '{path}：$include 必须是文件名或文件名列表。',
  },
  includeBeside: {
    en: '{path}: an $include beside other keys must name files that hold an object.',
    zh: '{path}：与其他键并列的 $include 所指文件必须是对象。',
  },
  includeMissing: {
    en: '{path} includes {file}, which cannot be read ({reason}).',
    zh: '{path} 包含的 {file} 无法读取（{reason}）。',
  },
  includeAdvice: {
    en: 'Correct the $include in {path}, then run again.',
    zh: '请修正 {path} 中的 $include 后重试。',
  },

  includeUnsupported: {
    en: 'channels.feishu comes by $include from {file}, which is not edited: {reason}.',
    zh: 'channels.feishu 通过 $include 引自 {file}，无法自动修改：{reason}。',
  },
  includeOutside: {
    en: 'it lies outside the directory of the config',
    zh: '它不在配置文件所在目录内',
  },
  includeShadowed: {
    en: 'a change there would have no effect: another included file overrides this setting',
    zh: '由于其他文件也参与合并，修改后得不到预期结果',
  },
  addByHandAdvice: {
    en: 'Put this in by hand (*** marks the secret):\n{snippet:lines}',
    zh: '请手动写入以下内容（*** 代表密钥）：\n{snippet:lines}',
  },
  removeByHandAdvice: { en: 'Take this out by hand: {keys}', zh: '请手动删除：{keys}' },
  managed: {
    en: '{path} is managed from outside ({name}=1) and is never written.',
    zh: '{path} 由外部管理（{name}=1），不会被写入。',
  },

  unwritable: {
    en: '{path} cannot be written ({reason}); it is as it was.',
    zh: '无法写入 {path}（{reason}），文件保持原样。',
  },
  ofOtherUser: { en: 'it belongs to user {owner}', zh: '它属于用户 {owner}' },
  notWritable: { en: 'its mode forbids writing', zh: '其权限不允许写入' },
  directoryNotWritable: {
    en: 'the mode of {directory} forbids writing',
    zh: '{directory} 的权限不允许写入',
  },
  unwritableAdvice: {
    en: 'Check {path} and its directory, then run again.',
    zh: '请检查 {path} 及其目录后重试。',
  },
  diskFullAdvice: {
    en: 'Make room on the disk of {path}, then run again.',
    zh: '请在 {path} 所在磁盘上腾出空间后重试。',
  },
  permissionAdvice: {
    en: 'Let this user write {path} and its directory, or run as the user who owns them.',
    zh: '请授予当前用户对 {path} 及其目录的写权限，或以其所有者身份运行。',
  },
  readOnlyAdvice: {
    en: 'The disk of {path} is mounted read-only: mount it writable.',
    zh: '{path} 所在磁盘以只读方式挂载，请改为可写。',
  },
  isDirectoryAdvice: {
    en: '{path} is a directory: name a file.',
    zh: '{path} 是目录，请指定文件。',
  },
  notADirectoryAdvice: {
    en: 'A file is where a directory of {path} belongs: move it away, or name another config file.',
    zh: '{path} 的某一级目录处是文件：请移走该文件，或指定其他配置文件。',
  },
  busyAdvice: {
    en: '{path} is itself a mount point and cannot be replaced: mount its directory instead.',
    zh: '{path} 本身是挂载点，无法替换，请改为挂载其所在目录。',
  },
  locked: {
    en: 'Another program has been writing {path} for over {seconds} s.',
    zh: '另一个程序写入 {path} 已超过 {seconds} 秒。',
  },
  lockedAdvice: {
    en: 'Wait for it to end, then run again; if there is none, remove {lock}.',
    zh: '请等待其结束后重试；若没有其他程序，请删除 {lock}。',
  },
  contended: {
    en: '{path} kept changing while it was being edited.',
    zh: '编辑期间 {path} 不断被其他程序修改。',
  },
  contendedAdvice: { en: 'Stop what writes it, then run again.', zh: '请停止写入它的程序后重试。' },
  editFailed: {
    en: 'The edit of {path} would not have given exactly what was asked; nothing was written.',
    zh: '对 {path} 的编辑结果与预期不符，未写入任何内容。',
  },
  editFailedAdvice: {
    en: 'Please report this, with the shape of the file.',
    zh: '请反馈此问题，并说明文件的结构。',
  },
  secretChanged: { en: '(new)', zh: '（新）' },

  secretMissing: {
    en: 'Account {account} has no App Secret.',
    zh: '账号 {account} 没有 App Secret。',
  },
  secretMissingAdvice: {
    en: 'Run: moltbot-feishu setup --account {account}',
    zh: '请运行：moltbot-feishu setup --account {account}',
  },
  secretEmpty: {
    en: 'The secret file {path} of account {account} is empty.',
    zh: '账号 {account} 的密钥文件 {path} 为空。',
  },
  secretUnreadable: {
    en: 'The secret file {path} of account {account} cannot be read ({reason}).',
    zh: '无法读取账号 {account} 的密钥文件 {path}（{reason}）。',
  },
  allowedSecret: {
    en: 'a text, or a reference {source, provider, id} with the source env, file or exec',
    zh: '文本，或密钥引用 {source, provider, id}，其中 source 为 env、file 或 exec',
  },
  secretRefFailed: {
    en: '{key}, the App Secret of account {account}, is a reference that gives no secret: {reason}.',
    zh: '{key}（账号 {account} 的 App Secret）是密钥引用，但未能取得密钥：{reason}。',
  },
  secretRefAdvice: {
    en: 'Correct appSecret and secrets.providers in the config, or write the App Secret with moltbot-feishu setup.',
    zh: '请更正配置中的 appSecret 和 secrets.providers，或用 moltbot-feishu setup 写入 App Secret。',
  },
  secretAsPath: {
    en: 'appSecretFile of account {account} looks like an App Secret, not like the path of a file.',
    zh: '账号 {account} 的 appSecretFile 看起来是 App Secret，而不是文件路径。',
  },
  secretAsPathAdvice: {
    en: 'Write it as appSecret, or name the file that contains it.',
    zh: '请改用 appSecret 填写，或指定保存它的文件。',
  },
  secretUnusable: {
    en: 'The secret file {path} of account {account} holds no App Secret: {problem}.',
    zh: '账号 {account} 的密钥文件 {path} 中没有 App Secret：{problem}。',
  },
  secretFileOpen: {
    en: 'Other users of this machine can read the secret file {path}; close it with: chmod 600 {path}',
    zh: '本机其他用户可以读取密钥文件 {path}，请执行：chmod 600 {path}',
  },
} as const satisfies Record<string, Text>;
