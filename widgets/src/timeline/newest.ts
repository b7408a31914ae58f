// Newest: asks for one thing at a time, and when many were wanted meanwhile, only for the newest of them.

export class Newest<W, T> {
  private wanted: W | undefined;
  private busy = false;

  constructor(
    private readonly ask: (wanted: W) => Promise<T>,
    private readonly came: (thing: T, wanted: W) => void,
    private readonly failed: (error: Error, wanted: W) => void,
  ) {}

  want(wanted: W): void {
    this.wanted = wanted;
    if (!this.busy) void this.run();
  }

  private async run(): Promise<void> {
    this.busy = true;
    while (this.wanted !== undefined) {
      const wanted = this.wanted;
      this.wanted = undefined;
      try {
        const thing = await this.ask(wanted);
        this.came(thing, wanted);
      } catch (error) {
        this.failed(error as Error, wanted);
      }
    }
    this.busy = false;
  }
}
