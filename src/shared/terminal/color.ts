/** Colour through kleur, decided once for a stream instead of by kleur's look at `process`. */
import kleur from 'kleur';

export interface Kleur {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

export function createColors(enabled: boolean): Kleur {
  const paint =
    (name: keyof Kleur) =>
    (text: string): string => {
      kleur.enabled = enabled;
      return kleur[name](text);
    };
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
    cyan: paint('cyan'),
  };
}
