import { svg, html, type TemplateResult } from 'lit';

// Drawn for this page on a grid of 16, stroke 1.5.
const PATHS = {
  commit: svg`<circle cx="8" cy="8" r="2.75"/><path d="M1 8h4M11 8h4"/>`,
  deploy: svg`<path d="M8 10.500V2.500M4.750 5.500 8 2.250l3.250 3.250M2.500 10v2.500a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V10"/>`,
  test: svg`<path d="m3 8.500 3.250 3.250L13 4.500"/>`,
  screenshot: svg`<rect x="1.750" y="3" width="12.500" height="10" rx="1.500"/><path d="m2 11 3.500-3.500 2.750 2.750 2-2L14 12"/>`,
  file: svg`<path d="M4 1.750h5l3.500 3.500v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-10.500a1 1 0 0 1 1-1ZM9 2v3.500h3.500"/>`,
  proof: svg`<path d="M8 1.500 13.500 4v3.750c0 3.250-2.250 5.500-5.500 6.750-3.250-1.250-5.500-3.500-5.500-6.750V4Z"/><path d="m5.500 8 1.750 1.750L10.500 6.500"/>`,
  thought: svg`<path d="M8 1.750a5 5 0 0 0-2.750 9.180V12.500h5.500v-1.570A5 5 0 0 0 8 1.750ZM6.250 14.500h3.500"/>`,
  chat: svg`<path d="M2 3.500a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v6.500a1 1 0 0 1-1 1H7l-3.250 2.750V11H3a1 1 0 0 1-1-1Z"/>`,
  alert: svg`<path d="M8 2 1.750 13.250h12.500ZM8 6.500v3M8 11.250v.250"/>`,
  search: svg`<circle cx="7" cy="7" r="4.500"/><path d="m10.500 10.500 3.500 3.500"/>`,
  filter: svg`<path d="M1.750 3h12.500L9.500 8.500v4.250L6.500 14V8.500Z"/>`,
  share: svg`<path d="M6.500 9.500 9.500 6.500M7 4.500l1.750-1.750a3 3 0 0 1 4.500 4.250L11.500 8.750M9 11.500l-1.750 1.750A3 3 0 0 1 2.750 9L4.500 7.250"/>`,
  play: svg`<path d="M4.500 2.500v11l9-5.500Z" fill="currentColor"/>`,
  pause: svg`<path d="M5 3v10M11 3v10" stroke-width="2.500"/>`,
  back: svg`<path d="M3 8a5 5 0 1 0 1.750-3.800M2.750 2v3h3"/>`,
  forward: svg`<path d="M13 8a5 5 0 1 1-1.750-3.800M13.250 2v3h-3"/>`,
  down: svg`<path d="M8 3v9.500M4 8.750 8 12.750l4-4"/>`,
  up: svg`<path d="m3.500 10 4.500-4.500 4.500 4.500"/>`,
  next: svg`<path d="m3.500 6 4.500 4.500L12.500 6"/>`,
  close: svg`<path d="m3.500 3.500 9 9M12.500 3.500l-9 9"/>`,
  eye: svg`<path d="M1.250 8S3.750 3.500 8 3.500 14.750 8 14.750 8 12.250 12.500 8 12.500 1.250 8 1.250 8Z"/><circle cx="8" cy="8" r="2"/>`,
  sun: svg`<circle cx="8" cy="8" r="2.750"/><path d="M8 1.250v1.500M8 13.250v1.500M1.250 8h1.500M13.250 8h1.500M3.250 3.250l1 1M11.750 11.750l1 1M3.250 12.750l1-1M11.750 4.250l1-1"/>`,
  moon: svg`<path d="M13.500 9.750A6 6 0 0 1 6.250 2.500 6 6 0 1 0 13.500 9.750Z"/>`,
  auto: svg`<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor"/>`,
  keys: svg`<rect x="1.250" y="4" width="13.500" height="8" rx="1.500"/><path d="M4 6.750h.250M6.750 6.750H7M9.500 6.750h.250M12 6.750h.250M5 9.500h6"/>`,
  wrap: svg`<path d="M2 4h12M2 8h9.500a2.250 2.250 0 0 1 0 4.500H8M9.750 10.500l-2 2 2 2M2 12.500h3"/>`,
  smile: svg`<circle cx="8" cy="8" r="6.250"/><path d="M5.500 9.500c.700 1.250 1.500 1.750 2.500 1.750s1.800-.500 2.500-1.750M6 6.250v.250M10 6.250v.250"/>`,
  clock: svg`<circle cx="8" cy="8" r="6.250"/><path d="M8 4.500V8l2.500 1.500"/>`,
  lock: svg`<rect x="3" y="7" width="10" height="7" rx="1.500"/><path d="M5 7V5a3 3 0 0 1 6 0v2"/>`,
  more: svg`<path d="M3.500 8h.010M8 8h.010M12.500 8h.010" stroke-width="2.250"/>`,
  reply: svg`<path d="M6.500 3.500 2.750 7.250 6.500 11M3 7.250h6.500a3.750 3.750 0 0 1 3.750 3.750v1.500"/>`,
  edit: svg`<path d="m3 13 .750-3L10.500 3.250a1.400 1.400 0 0 1 2 0l.250.250a1.400 1.400 0 0 1 0 2L6 12.250Z"/>`,
  trash: svg`<path d="M2.750 4.500h10.500M6 4.250V2.750h4v1.500M4.250 4.500l.500 8.750h6.500l.500-8.750M6.750 7v4M9.250 7v4"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  people: svg`<circle cx="6" cy="5.500" r="2.500"/><path d="M1.500 13.500c.250-2.750 2-4.250 4.500-4.250s4.250 1.500 4.500 4.250M10.500 3.250a2.500 2.500 0 0 1 0 4.500M12 9.750c1.500.500 2.350 1.800 2.500 3.750"/>`,
  board: svg`<rect x="2" y="2.750" width="3.250" height="10.500" rx="1"/><rect x="6.400" y="2.750" width="3.250" height="6.500" rx="1"/><rect x="10.800" y="2.750" width="3.250" height="8.500" rx="1"/>`,
  settings: svg`<path d="M2 4.500h6M11.500 4.500H14M2 11.500h2.500M8 11.500h6"/><circle cx="9.750" cy="4.500" r="1.750"/><circle cx="6.250" cy="11.500" r="1.750"/>`,
  invite: svg`<circle cx="6.500" cy="5.500" r="2.500"/><path d="M1.750 13.500c.250-2.750 2.150-4.250 4.750-4.250 1.300 0 2.400.350 3.200 1M12 9.500v4.500M9.750 11.750h4.500"/>`,
  box: svg`<path d="M8 1.750 13.750 4.750v6.500L8 14.250l-5.750-3v-6.500ZM2.500 4.900 8 7.750l5.500-2.850M8 7.750v6.250"/>`,
  terminal: svg`<rect x="1.750" y="2.750" width="12.500" height="10.500" rx="1.500"/><path d="m4.500 6 2.250 2-2.250 2M8.250 10.250h3.250"/>`,
  stop: svg`<rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor"/>`,
  external: svg`<path d="M6.500 3h-3a1 1 0 0 0-1 1v8.500a1 1 0 0 0 1 1H12a1 1 0 0 0 1-1v-3M9.500 2.500h4v4M13.250 2.750 7.500 8.500"/>`,
};

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
}

/** The icon of a proof's or an artifact's kind. */
export function iconOf(sort: string | undefined): TemplateResult {
  return icon(sort !== undefined && sort in PATHS ? (sort as IconName) : 'proof');
}
