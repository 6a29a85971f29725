/** How often each of many subjects came in this second or the one before; forgotten as the seconds pass. */
export class Heat {
  #second = 0;
  #counts = new Map<string, number>();
  #before = new Map<string, number>();

  /** More than `hot` in a second is hot. */
  constructor(private readonly hot: number) {}

  add(subject: string): void {
    this.#turn();
    this.#counts.set(subject, (this.#counts.get(subject) ?? 0) + 1);
  }

  isHot(subject: string): boolean {
    this.#turn();
    return (this.#counts.get(subject) ?? 0) > this.hot || (this.#before.get(subject) ?? 0) > this.hot;
  }

  #turn(): void {
    const second = Math.floor(Date.now() / 1_000);
    if (second === this.#second) return;
    this.#before = second === this.#second + 1 ? this.#counts : new Map();
    this.#counts = new Map();
    this.#second = second;
  }
}
