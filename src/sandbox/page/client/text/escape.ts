/** What every renderer here needs: each gives HTML, and nothing of a message reaches it unescaped. */

export interface TextContext {
  readonly lang: 'en' | 'zh';
  /** The name of a person or bot; the id where it is not known. */
  nameOf(openId: string): string;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** An address that a client opens: anything but http and https is none. */
export function webAddress(address: string): string | undefined {
  return /^https?:\/\/[^\s]+$/i.test(address) ? address : undefined;
}

/** A link; without an address that can be opened, its label alone. `label` is HTML. */
export function linkHtml(address: string, label: string): string {
  const href = webAddress(address);
  return href === undefined
    ? label
    : `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${label}</a>`;
}

export function mentionHtml(openId: string, name: string, context: TextContext): string {
  const everyone = context.lang === 'zh' ? '所有人' : 'all';
  const shown = openId === 'all' ? everyone : name || context.nameOf(openId);
  return `<span class="mention">@${escapeHtml(shown)}</span>`;
}
