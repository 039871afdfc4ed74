/** Of a limit on calls; what turns about one bound would be told with every call. Source: mission, "rate limit near". */
const NEAR = 0.8;
const CALM = 0.6;

/** Whether a limit on calls is nearly used. */
export class RateNear {
  #isNear = false;

  get isNear(): boolean {
    return this.#isNear;
  }

  /** Takes in what is used; says whether that makes it another. */
  turns(used: number, limit: number): boolean {
    const isNear = used >= limit * (this.#isNear ? CALM : NEAR);
    const isAnother = isNear !== this.#isNear;
    this.#isNear = isNear;
    return isAnother;
  }
}
