/** Normalizes commands typed on a Chinese keyboard for a host's command parser. Pure. */

/**
 * `／status`, `、new` and `/model：name` become `/status`, `/new` and `/model name`; a text that is no
 * command stays as it is.
 */
export function commandText(text: string): string {
  const command = /^\s*[/／、]\s?([a-zA-Z][\w-]*)(?:\s*[：:]\s*|(?=\s|$))/.exec(text);
  if (!command) return text;
  const rest = text.slice(command[0].length).replace(/^[^\S\n]+/, '');
  return rest === '' ? `/${command[1]}` : `/${command[1]} ${rest}`;
}

/** Whether a text that {@link commandText} gave is a command: `/name`, with or without words behind it. */
export function isCommand(text: string): boolean {
  return /^\/[a-z][\w-]*(?:\s|$)/i.test(text);
}

/** Whether a command begins a new session. */
export function isNewSession(text: string): boolean {
  return /^\/(?:new|reset)(?:\s|$)/i.test(commandText(text));
}

/** Commands that ask about a running turn, free it, or end it: they must not wait behind it. */
const urgentCommands = new Set([
  // A running turn may wait for the approval.
  'approve',
  'stop',
  'abort',
  'status',
  'help',
  'commands',
  'whoami',
  'id',
  'queue',
]);

export function isUrgentCommand(text: string): boolean {
  const name = /^\/([a-z]+)(?:\s|$)/i.exec(commandText(text))?.[1];
  return name !== undefined && urgentCommands.has(name.toLowerCase());
}
