import { family } from './entry.ts';

export const longConnectionErrors = family('ws-endpoint', []);
