import { family } from './entry.ts';

export const cardErrors = family('card', []);
