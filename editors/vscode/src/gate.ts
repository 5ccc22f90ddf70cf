// VS Code asks for the findings of the whole workspace again two seconds after each answer. A gate lets it through when there is news.

export class Gate {
  #isOpen = true;
  #waiting: (() => void)[] = [];

  /** There is news: lets through who waits, or the next one who comes. */
  open(): void {
    this.#isOpen = true;
    for (const go of this.#waiting.splice(0)) {
      go();
    }
  }

  /** Waits until the gate is open, or until `giveUp` calls back; closes it behind itself. */
  async pass(giveUp: (go: () => void) => void): Promise<void> {
    if (!this.#isOpen) {
      await new Promise<void>((go) => {
        this.#waiting.push(go);
        giveUp(go);
      });
    }
    this.#isOpen = false;
  }
}
