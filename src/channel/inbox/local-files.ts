/** The open cards of an app, beside its messages (choice/choice-file.ts). */
export const CHOICES_FILE = 'choices.json';
