// Numbers and times in the page's words. English, like the rest of the page.

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const DAY = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', year: 'numeric' });
const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat('en');

/** 14:03:09, or with milliseconds 14:03:09.120. */
export function clock(at: number, withMillis = false): string {
  const text = CLOCK.format(at);
  return withMillis ? `${text}.${String(Math.floor(at) % 1000).padStart(3, '0')}` : text;
}

export function dayAndClock(at: number): string {
  return `${DAY.format(at)}, ${clock(at)}`;
}

/** How long ago: just now, 12 s, 3 m, 2 h, 5 d. */
export function ago(at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1000);
  if (seconds < 3) return 'just now';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** The same with its preposition: "just now", "12 s ago". */
export function agoSentence(at: number, now: number): string {
  const text = ago(at, now);
  return text === 'just now' ? text : `${text} ago`;
}

/** A length of time: 42 s, 3:07, 1:02:33. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const two = (part: number) => String(part).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long there is, roughly: 12 m, 3 h, 5 d. */
export function left(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} m`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}

export function whole(count: number): string {
  return WHOLE.format(count);
}

export function compact(count: number): string {
  return count < 10_000 ? WHOLE.format(count) : COMPACT.format(count);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

/** Markdown as one line of plain words, for places where there is room for no more. */
export function inOneLine(text: string, most: number): string {
  const words = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*`~]+|^\s*(?:#{1,6}|>|[-+]|\d+\.)\s+/gm, '').replace(/\s+/g, ' ').trim();
  return words.length > most ? `${words.slice(0, most).trimEnd()} …` : words;
}
