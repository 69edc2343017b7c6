/** What may be put in place of an @-word that is being written. */
export interface Completion {
  /** Index of the @. */
  readonly from: number;
  /** Index after the word. */
  readonly to: number;
  readonly options: readonly string[];
}

const MOST = 6;
const BEFORE_THE_CURSOR = /(^|[\s(,;:])@([A-Za-z0-9_.-]{0,64})$/;

/** The completions at a place in a text: of everybody's handles those that begin with the word, then those that hold it. */
export function completionAt(text: string, cursor: number, handles: readonly string[]): Completion | undefined {
  const found = BEFORE_THE_CURSOR.exec(text.slice(0, cursor));
  if (found === null) return undefined;
  const word = (found[2] ?? '').toLowerCase();
  const first = handles.filter((handle) => handle.toLowerCase().startsWith(word));
  const then = handles.filter((handle) => !first.includes(handle) && handle.toLowerCase().includes(word));
  const options = [...first, ...then].slice(0, MOST);
  if (options.length === 0 || (options.length === 1 && options[0]?.toLowerCase() === word)) return undefined;
  return { from: cursor - word.length - 1, to: cursor, options };
}

/** The text with a completion taken, and where the cursor stands then. */
export function complete(text: string, completion: Completion, option: string): { text: string; cursor: number } {
  const before = `${text.slice(0, completion.from)}@${option} `;
  return { text: before + text.slice(completion.to).replace(/^ /, ''), cursor: before.length };
}
