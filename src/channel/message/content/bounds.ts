/** The longest text of a message (characters); the platform takes texts of 150 KB. */
export const MAX_TEXT = 100_000;
