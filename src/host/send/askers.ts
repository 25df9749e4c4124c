/**
 * Whom each conversation's running turn answers: a question that the agent asks by its message tool
 * goes to that person.
 */
export class Askers {
  readonly #people = new Map<string, string[]>();

  /** @param target as `targetOf` gives it @returns a function that ends it */
  begin(target: string, openId: string): () => void {
    const people = this.#people.get(target) ?? [];
    this.#people.set(target, [...people, openId]);
    return () => {
      const left = (this.#people.get(target) ?? []).slice();
      left.splice(left.lastIndexOf(openId), 1);
      if (left.length === 0) this.#people.delete(target);
      else this.#people.set(target, left);
    };
  }

  /** `undefined` if no turn runs there, or turns of several people. */
  in(target: string): string | undefined {
    const [only, ...others] = new Set(this.#people.get(target));
    return others.length === 0 ? only : undefined;
  }
}
