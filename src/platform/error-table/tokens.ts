import { family } from './entry.ts';

export const tokenErrors = family('token', []);
