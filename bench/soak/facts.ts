/** What one has done oneself holds this long after it was acknowledged; what others did, too, where it says who may see what (decisions/0031). */
const SETTLED_MS = 1_000;

/** Something that was accepted, and since when. While a change is on its way it may be either. */
export class Fact {
  private open = 0;
  private value = false;
  /** When the last change was asked for, and when it was acknowledged. */
  begunAt = -Infinity;
  at = -Infinity;

  begin(): void {
    this.open++;
    this.begunAt = Date.now();
  }

  end(value: boolean): void {
    this.open--;
    this.value = value;
    this.at = Date.now();
  }

  /** Without a change that is on its way: what somebody else's answer shows. */
  learn(value: boolean): void {
    if (this.value === value) return;
    this.begin();
    this.end(value);
  }

  /** What it is in every answer to a question that was asked at `asked` and is answered now; undefined when that cannot be told. */
  surely(asked: number): boolean | undefined {
    return this.open === 0 && this.at <= asked - SETTLED_MS ? this.value : undefined;
  }
}

/** What was accepted of all people, to which pages are held. */
export class Facts {
  private readonly all = new Map<string, Fact>();
  private readonly turns = new Map<string, Promise<void>>();
  private readonly said = new Set<string>();
  /** Authors by post. */
  readonly posts = new Map<string, string>();

  follows = (follower: string, followee: string) => this.of(`follows ${follower} ${followee}`);
  blocks = (blocker: string, blocked: string) => this.of(`blocks ${blocker} ${blocked}`);
  isPrivate = (user: string) => this.of(`private ${user}`);
  isAccepted = (post: string) => this.of(`accepted ${post}`);
  isGone = (post: string) => this.of(`gone ${post}`);
  isPublished = (post: string) => this.of(`published ${post}`);

  /** Whether the posts of `author` may be seen by `viewer`. */
  maySee(viewer: string, author: string, asked: number): boolean | undefined {
    if (viewer === author) return true;
    const blocks = [this.blocks(viewer, author).surely(asked), this.blocks(author, viewer).surely(asked)];
    if (blocks.includes(true)) return false;
    if (blocks.includes(undefined)) return undefined;
    const [isPrivate, follows] = [this.isPrivate(author).surely(asked), this.follows(viewer, author).surely(asked)];
    if (isPrivate === false || follows === true) return true;
    return isPrivate && follows === false ? false : undefined;
  }

  /** Does something about these people when nothing else is being done about any of them: so it is known what was accepted last. */
  async inTurn<T>(people: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = people.map((id) => this.turns.get(id));
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const id of people) this.turns.set(id, promise);
    await Promise.all(before);
    return work().finally(resolve);
  }

  /** Something is not as it was promised. */
  wrong(what: string): void {
    this.said.add(what);
  }

  get wrongs(): string[] {
    return [...this.said];
  }

  private of(key: string): Fact {
    let fact = this.all.get(key);
    if (!fact) this.all.set(key, (fact = new Fact()));
    return fact;
  }
}
