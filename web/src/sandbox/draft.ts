import type { Failure } from '../contract/failure.js';
import type { SandboxDraft, SandboxSpec } from '../contract/sandbox-wire.js';

/** Fields of the form, by name; a template's variables are variable:NAME. */
export type Problems = ReadonlyMap<string, string>;

export const NO_PROBLEMS: Problems = new Map();

/** What is said of the whole form. */
export const FORM = '';

/** What the fields say, and what is wrong in those that are lines of text. */
export function draftOf(form: FormData): { draft: SandboxDraft; problems: Problems } {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const problems = new Map<string, string>();
  const spec: Partial<SandboxSpec> = {};
  if (text('image') !== '') spec.image = text('image');
  const command = words(text('command'));
  if (command === undefined) problems.set('command', 'A quotation mark is not closed.');
  else if (command.length > 0) spec.command = command;
  if (text('memory') !== '') spec.memoryMb = Math.max(0, Math.round(Number(text('memory'))));
  if (text('cpus') !== '') spec.cpus = Number(text('cpus'));
  if (text('network') !== '') spec.network = Number(text('network'));
  const env = environment(String(form.get('env') ?? ''));
  if (env.problem !== '') problems.set('env', env.problem);
  else if (Object.keys(env.values).length > 0) spec.env = env.values;
  const variables: Record<string, string> = {};
  for (const [name, value] of form) {
    if (name.startsWith('variable:') && String(value) !== '') variables[name.slice('variable:'.length)] = String(value);
  }
  return { draft: { name: text('name'), template: text('template'), variables, spec, stopped: form.get('start') === null }, problems };
}

/** Lines of NAME=value; empty ones and those that begin with # say nothing. */
export function environment(text: string): { values: Record<string, string>; problem: string } {
  const values: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const at = line.indexOf('=');
    if (at <= 0) return { values: {}, problem: `Line ${index + 1} is not NAME=value.` };
    const name = line.slice(0, at).trim();
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) return { values: {}, problem: `Line ${index + 1}: “${name}” is no name of a variable; letters, digits and _ make one.` };
    values[name] = line.slice(at + 1).replace(/\r$/, '');
  }
  return { values, problem: '' };
}

/** A command line as a shell would cut it, without what else a shell does; undefined when a quotation mark stays open. */
export function words(line: string): string[] | undefined {
  const found: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < line.length; index++) {
    const letter = line[index] as string;
    if (quote !== '') {
      if (letter === quote) quote = '';
      else if (letter === '\\' && quote === '"' && /["\\$`]/.test(line[index + 1] ?? '')) word += line[++index] as string;
      else word += letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= '';
    } else if (letter === '\\' && index + 1 < line.length) {
      word = (word ?? '') + (line[++index] as string);
    } else if (/\s/.test(letter)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else word = (word ?? '') + letter;
  }
  if (quote !== '') return undefined;
  if (word !== undefined) found.push(word);
  return found;
}

/** The refusal's sentences at the fields they are about; what is about none of them is said of the whole. */
export function problemsOf(failure: Failure, said: string): Problems {
  const problems = new Map<string, string>();
  for (const { field, message } of failure.fields ?? []) {
    const own = FIELDS.find(([path]) => path.test(field))?.[1];
    if (own !== undefined && !problems.has(own)) problems.set(own, sentence(RULES[own] ?? message.replace(`${field}: `, '')));
  }
  if (problems.size > 0) return problems;
  const variable = failure.facts?.get('variable');
  if (failure.reason === 'TEMPLATE_VARIABLE_WRONG' && variable !== undefined) return new Map([[`variable:${variable}`, said]]);
  return new Map([[REASONS[failure.reason] ?? (failure.reason === 'RUNTIME_CANNOT' ? obstacle(said) : FORM), said]]);
}

const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^name$/, 'name'],
  [/^template$/, 'template'],
  [/^variables/, 'template'],
  [/^spec\.image/, 'image'],
  [/^spec\.command/, 'command'],
  [/^(?:spec\.)?memory_mb/, 'memory'],
  [/^(?:spec\.)?cpus/, 'cpus'],
  [/^(?:spec\.)?pids/, 'pids'],
  [/^spec\.(?:network|port)/, 'network'],
  [/^spec\.env/, 'env'],
];

/** Where the contract's rule is a pattern, these words say it better. */
const RULES: Record<string, string> = {
  name: 'At most 64 letters, digits, _ and -.',
  image: 'The name of an image, such as registry.example/team/image:1.2.',
};

const REASONS: Record<string, string> = {
  SANDBOX_NAME_TAKEN: 'name',
  IMAGE_MISSING: 'image',
  TEMPLATE_NOT_FOUND: 'template',
  TEMPLATE_VALUE_MISSING: 'template',
};

/** Which field a runtime's refusal is about. */
function obstacle(said: string): string {
  if (/image/i.test(said)) return 'image';
  return /network/i.test(said) ? 'network' : FORM;
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
