/** A run of text in one look. Colours 0 to 15 are named by the theme, the rest is 24 bits. */
export interface Run {
  text: string;
  style: Style;
}

export type Colour = number | readonly [number, number, number];

export interface Style {
  fg?: Colour;
  bg?: Colour;
  bold?: boolean;
  faint?: boolean;
  italic?: boolean;
  underline?: boolean;
  struck?: boolean;
  inverse?: boolean;
}

const PLAIN: Style = {};

/**
 * Escape sequences: CSI with its parameters and end, OSC up to its end, two-letter ones, and control
 * characters that would draw nothing. Colours (CSI … m) are read, everything else is left out.
 */
const ESCAPES =
  // eslint-disable-next-line no-control-regex
  /\u001b\[([0-9;:?<=>]*)[ -/]*([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Cuts a line at its colour codes. */
export function runs(line: string): Run[] {
  if (!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(line)) return [{ text: line, style: PLAIN }];
  const found: Run[] = [];
  let style = PLAIN;
  let from = 0;
  for (const match of line.matchAll(ESCAPES)) {
    if (match.index > from) found.push({ text: line.slice(from, match.index), style });
    from = match.index + match[0].length;
    if (match[2] === 'm') style = styled(style, match[1] ?? '');
  }
  if (from < line.length) found.push({ text: line.slice(from), style });
  return found;
}

/** The line without its codes. */
export function plain(line: string): string {
  return line.replace(ESCAPES, '');
}

function styled(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map((each) => (each === '' ? 0 : Number(each)));
  let style: Style = { ...before };
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 2) style.faint = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.underline = true;
    else if (code === 7) style.inverse = true;
    else if (code === 9) style.struck = true;
    else if (code === 22) style.bold = style.faint = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.underline = false;
    else if (code === 27) style.inverse = false;
    else if (code === 29) style.struck = false;
    else if (code >= 30 && code <= 37) style.fg = code - 30;
    else if (code >= 40 && code <= 47) style.bg = code - 40;
    else if (code >= 90 && code <= 97) style.fg = code - 82;
    else if (code >= 100 && code <= 107) style.bg = code - 92;
    else if (code === 39) delete style.fg;
    else if (code === 49) delete style.bg;
    else if (code === 38 || code === 48) {
      const [colour, used] = extended(codes, index + 1);
      index += used;
      if (colour !== undefined) style[code === 38 ? 'fg' : 'bg'] = colour;
    }
  }
  return style;
}

/** The colour after 38 or 48, and how many codes it took. */
function extended(codes: number[], from: number): [Colour | undefined, number] {
  const byte = (index: number) => Math.max(0, Math.min(255, codes[index] ?? 0));
  if (codes[from] === 5) return [indexed(byte(from + 1)), 2];
  if (codes[from] === 2) return [[byte(from + 1), byte(from + 2), byte(from + 3)], 4];
  return [undefined, 1];
}

function indexed(index: number): Colour {
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const part = (each: number) => (each === 0 ? 0 : 55 + each * 40);
  const cube = index - 16;
  return [part(Math.floor(cube / 36)), part(Math.floor(cube / 6) % 6), part(cube % 6)];
}

/** A 24-bit colour moved towards black or white until it can be read on the page's ground. */
export function readable(colour: readonly [number, number, number], dark: boolean): string {
  let [red, green, blue] = colour;
  for (let step = 0; step < 12; step++) {
    const luminance = luminanceOf(red, green, blue);
    // 4.6 to 1 against #0d1016 and against white, with a little to spare for tinted rows.
    if (dark ? luminance >= 0.21 : luminance <= 0.165) break;
    const goal = dark ? 255 : 0;
    red += (goal - red) * 0.18;
    green += (goal - green) * 0.18;
    blue += (goal - blue) * 0.18;
  }
  return `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)})`;
}

/** Black or white, whichever reads better on a 24-bit ground. */
export function inkOn(colour: readonly [number, number, number]): string {
  return luminanceOf(...colour) > 0.18 ? '#000' : '#fff';
}

function luminanceOf(red: number, green: number, blue: number): number {
  const linear = (each: number) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
