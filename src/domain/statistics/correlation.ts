/** Running sums of a Pearson correlation; feed pairs, then ask. */
export class PairSums {
  #n = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #yy = 0;
  #xy = 0;

  add(x: number, y: number): void {
    this.#n++;
    this.#x += x;
    this.#y += y;
    this.#xx += x * x;
    this.#yy += y * y;
    this.#xy += x * y;
  }

  get points(): number {
    return this.#n;
  }

  /** Between −1 and 1; null without points or when one side never moved. */
  pearson(): number | null {
    const n = this.#n;
    const varX = n * this.#xx - this.#x * this.#x;
    const varY = n * this.#yy - this.#y * this.#y;
    if (n < 2 || varX <= 0 || varY <= 0) return null;
    const r = (n * this.#xy - this.#x * this.#y) / Math.sqrt(varX * varY);
    return Math.max(-1, Math.min(1, r));
  }
}
