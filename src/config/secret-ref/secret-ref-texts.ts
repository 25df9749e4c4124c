/** Why a reference to a secret gives none. */
import type { Text } from '../../shared/text/text.ts';

export const secretRefTexts = {
  sourceUnknown: {
    en: 'its source is not env, file or exec',
    zh: '其 source 不是 env、file 或 exec',
  },
  sourceOfHost: {
    en: 'its source is store, which only OpenClaw itself can read; use env, file or exec',
    zh: '其 source 为 store，只有 OpenClaw 自身可以读取；请使用 env、file 或 exec',
  },
  providerForm: {
    en: 'its provider must begin with a lower-case letter and have lower-case letters, digits, _ and - only',
    zh: '其 provider 必须以小写字母开头，且只含小写字母、数字、_ 和 -',
  },
  idForm: {
    en: 'its id does not fit its source',
    zh: '其 id 与 source 不符',
  },
  providerMissing: {
    en: 'secrets.providers has no entry of this name and source',
    zh: 'secrets.providers 中没有对应名称和 source 的条目',
  },
  providerOfPlugin: {
    en: 'its provider belongs to another plugin of the host; name a command instead',
    zh: '其 provider 由宿主的其他插件提供；请改为指定命令',
  },
  providerInvalid: {
    en: 'its provider lacks an absolute path',
    zh: '其 provider 缺少绝对路径',
  },
  notAllowed: {
    en: 'its provider does not allow this variable',
    zh: '其 provider 不允许该变量',
  },
  notSet: {
    en: 'the variable is not set',
    zh: '该变量未设置',
  },
  notPrivate: {
    en: 'the file must be a regular file of this user that no one else can read, and no link',
    zh: '该文件必须是当前用户私有的普通文件，其他用户不可读，且不能是链接',
  },
  notTrusted: {
    en: 'the command must be a regular file of this user or of root that no one else can change, and no link',
    zh: '该命令必须是当前用户或 root 的普通文件，其他用户不可修改，且不能是链接',
  },
  outsideTrusted: {
    en: 'the command is outside trustedDirs',
    zh: '该命令不在 trustedDirs 中',
  },
  notJson: {
    en: 'what it gives is not the JSON that the host’s protocol wants',
    zh: '返回的内容不是宿主协议要求的 JSON',
  },
  notThere: {
    en: 'there is no text at this id',
    zh: '该 id 处没有文本',
  },
  tooSlow: {
    en: 'the command took too long',
    zh: '该命令超时',
  },
  tooLong: {
    en: 'the command said too much',
    zh: '该命令输出过多',
  },
  commandFailed: {
    en: 'the command failed',
    zh: '该命令执行失败',
  },
} as const satisfies Record<string, Text>;

export type SecretRefProblem = keyof typeof secretRefTexts;

/** A reference that gives no secret; the text says why, and nothing of what was read. */
export class SecretRefError extends Error {
  override readonly name = 'SecretRefError';
  readonly problem: SecretRefProblem;
  constructor(problem: SecretRefProblem) {
    super(secretRefTexts[problem].en);
    this.problem = problem;
  }
}
