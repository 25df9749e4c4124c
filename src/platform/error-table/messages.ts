import { family } from './entry.ts';

export const messageErrors = family('message', []);
