import { family } from './entry.ts';

export const applicationErrors = family('application', []);
