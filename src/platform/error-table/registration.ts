import { family } from './entry.ts';

export const registrationErrors = family('registration', []);
