/** The tables of docs/en/commands.md and its Chinese equal: flags, variables and exit codes. */
import { expect, it } from 'vitest';
import { helpFacts } from '../../src/commands/help/help-facts.ts';
import { declareProgram, type Program } from '../../src/commands/program.ts';
import { ExitCode } from '../../src/shared/errors.ts';
import { type Lang, render } from '../../src/shared/text/text.ts';
import { documentLanguages, expectBlock, markdownTable } from '../support/generated-block.ts';

const commandNames = ['setup', 'doctor', 'run', 'remove', 'sandbox', 'completion'] as const;

/** What each exit code means; `ExitCode` names them all. */
const exitCodes: Readonly<Record<keyof typeof ExitCode, Readonly<Record<Lang, string>>>> = {
  ok: { en: 'done', zh: '完成' },
  findings: { en: 'the doctor found something that fails', zh: 'doctor 查出问题' },
  usage: { en: 'a flag is wrong or missing', zh: '选项有误或缺少选项' },
  credentialsRejected: { en: 'Feishu rejected the credentials', zh: '飞书拒绝了凭证' },
  unavailable: { en: 'network or platform unavailable', zh: '网络或平台不可用' },
  config: { en: 'config unreadable, invalid or unwritable', zh: '配置无法读取、无效或无法写入' },
  appNotReady: {
    en: 'the app is not ready: the config is written, the steps list what is left',
    zh: '应用尚未就绪：配置已写入，steps 列出待办项',
  },
  hostRefused: {
    en: 'the host refused: another plugin has the channel and was not switched off, or ours cannot be installed',
    zh: '宿主拒绝：渠道由其他插件提供且未切换，或无法安装本插件',
  },
  internal: { en: 'a fault of moltbot-feishu itself', zh: 'moltbot-feishu 自身的故障' },
  system: {
    en: 'the system refused: too many open files, or standard output cannot be written',
    zh: '操作系统拒绝：打开的文件过多，或标准输出无法写入',
  },
  cancelled: { en: 'cancelled', zh: '已取消' },
};

const headings = {
  flags: { en: ['flag', 'meaning'], zh: ['选项', '含义'] },
  variables: { en: ['variable', 'meaning'], zh: ['变量', '含义'] },
  exitCodes: { en: ['exit code', 'meaning'], zh: ['退出码', '含义'] },
};

type Option = Pick<Program['options'][number], 'flags' | 'description' | 'argChoices'>;

async function commandsIn(lang: Lang) {
  const { commands } = await declareProgram(lang, commandNames, () => Promise.resolve());
  return commands;
}

/** `UPDATE_DOCS=1 npx vitest run test/commands/command-tables.test.ts` writes the tables. */
it.each(documentLanguages)('$folder has the flags of each command', async ({ lang, folder }) => {
  const commands = await commandsIn(lang);
  expect(commands.map((command) => command.name())).toEqual(commandNames);
  // What every command has is listed once.
  const flagsOf = (index: number) => (commands[index]?.options ?? []).map(({ flags }) => flags);
  const common = flagsOf(0).filter((flags) =>
    commands.every((_, at) => flagsOf(at).includes(flags)),
  );
  const row = ({ flags, description, argChoices }: Option) => [
    `\`${flags}\``,
    argChoices
      ? `${description}: ${argChoices.map((choice) => `\`${choice}\``).join(', ')}`
      : description,
  ];
  const sections = commands.map((command) => {
    const rows = [
      ...command.registeredArguments.map((argument) =>
        row({ ...argument, flags: `<${argument.name()}>` }),
      ),
      ...command.options.filter(({ flags }) => !common.includes(flags)).map(row),
    ];
    const table = markdownTable(headings.flags[lang], rows);
    return `### ${command.name()}\n\n${command.description()}\n\n${table}\n`;
  });
  const general = (commands[0]?.options ?? []).filter(({ flags }) => common.includes(flags));
  const title = { en: 'Every command', zh: '所有命令' }[lang];
  const content = `${sections.join('')}### ${title}\n\n${markdownTable(headings.flags[lang], general.map(row))}`;
  await expectBlock(`${folder}/commands.md`, 'src/commands/program.ts', content);
});

it.each(documentLanguages)('$folder has the variables', async ({ lang, folder }) => {
  const variables = Object.values(helpFacts).flatMap((facts) => facts.variables);
  const meanings = new Map(
    variables.map(({ names, what }) => [
      names.map((name) => `\`${name}\``).join(', '),
      render(what, lang),
    ]),
  );
  const table = markdownTable(headings.variables[lang], [...meanings]);
  await expectBlock(`${folder}/commands.md`, 'src/commands/help/help-facts.ts', table);
});

it.each(documentLanguages)('$folder has the exit codes', async ({ lang, folder }) => {
  const rows = Object.entries(ExitCode).map(([name, code]) => [
    String(code),
    exitCodes[name as keyof typeof ExitCode][lang],
  ]);
  const table = markdownTable(headings.exitCodes[lang], rows);
  await expectBlock(`${folder}/commands.md`, 'src/shared/errors.ts', table);
});
