const CHUNK = 256;

/**
 * Heights of a long list of rows with sums by chunks: where a row begins and which row stands at an
 * offset are found in some hundreds of steps for a hundred thousand rows.
 */
export class Heights {
  #rows: number[] = [];
  #chunks: number[] = [];
  total = 0;

  get length(): number {
    return this.#rows.length;
  }

  reset(heights: Iterable<number>): void {
    this.#rows = [];
    this.#chunks = [];
    this.total = 0;
    for (const height of heights) this.push(height);
  }

  push(height: number): void {
    const chunk = Math.floor(this.#rows.length / CHUNK);
    this.#rows.push(height);
    this.#chunks[chunk] = (this.#chunks[chunk] ?? 0) + height;
    this.total += height;
  }

  get(index: number): number {
    return this.#rows[index] ?? 0;
  }

  set(index: number, height: number): void {
    const change = height - this.get(index);
    const chunk = Math.floor(index / CHUNK);
    this.#rows[index] = height;
    this.#chunks[chunk] = (this.#chunks[chunk] ?? 0) + change;
    this.total += change;
  }

  /** Where a row begins. */
  offset(index: number): number {
    const chunk = Math.floor(index / CHUNK);
    let sum = 0;
    for (let each = 0; each < chunk; each++) sum += this.#chunks[each] ?? 0;
    for (let each = chunk * CHUNK; each < index; each++) sum += this.#rows[each] ?? 0;
    return sum;
  }

  /** The row that covers an offset; the last one beyond the end. */
  at(offset: number): number {
    let sum = 0;
    let chunk = 0;
    while (chunk < this.#chunks.length - 1 && sum + (this.#chunks[chunk] ?? 0) <= offset) sum += this.#chunks[chunk++] ?? 0;
    let index = chunk * CHUNK;
    while (index < this.#rows.length - 1 && sum + (this.#rows[index] ?? 0) <= offset) sum += this.#rows[index++] ?? 0;
    return Math.max(0, Math.min(index, this.#rows.length - 1));
  }
}
