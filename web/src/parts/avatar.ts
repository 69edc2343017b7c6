import { html, type TemplateResult } from 'lit';

const HUES = 8;

/** Two letters on one of a few colours that a name always gets again. */
export function avatar(handle: string): TemplateResult {
  let sum = 0;
  for (const letter of handle) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  const letters = handle.replace(/[^a-z0-9]/gi, '').slice(0, 2) || '?';
  return html`<span class="avatar hue${sum % HUES}" aria-hidden="true">${letters}</span>`;
}
