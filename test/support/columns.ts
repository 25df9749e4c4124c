/** The columns of a terminal that a text takes: full-width characters take two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    columns +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}
