/** How long somebody is shown as writing, ms. */
const TYPING_MS = 5_000;

/** Who writes just now; each is forgotten after a moment in which nothing was heard of them. */
export class Typing {
  #names: readonly string[] = [];
  #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly changed: (names: readonly string[]) => void) {}

  hear(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(() => this.end(name), TYPING_MS));
    if (!this.#names.includes(name)) this.#set([...this.#names, name]);
  }

  end(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
    if (this.#names.includes(name)) this.#set(this.#names.filter((one) => one !== name));
  }

  stop(): void {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
  }

  #set(names: readonly string[]): void {
    this.#names = names;
    this.changed(names);
  }
}
