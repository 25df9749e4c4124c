import { family } from './entry.ts';

export const mediaErrors = family('media', []);
