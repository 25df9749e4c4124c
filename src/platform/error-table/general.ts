import { family } from './entry.ts';

export const generalErrors = family('general', []);
