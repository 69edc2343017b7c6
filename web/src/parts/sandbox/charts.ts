import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Sandbox } from '../../contract/sandbox-wire.js';
import type { SandboxModel } from '../../sandbox/model.js';
import { runs } from '../../sandbox/may.js';
import type { Figure, Usage } from '../../sandbox/usage.js';
import { bytes } from '../../sandbox/words.js';

const WIDTH = 300;
const HEIGHT = 46;

interface Chart {
  id: string;
  title: string;
  /** What it uses now. */
  now: string;
  /** What that is measured by: the limit. */
  of: string;
  /** The same as a sentence, with the most of the last five minutes. */
  sentence: string;
  /** Value at the upper edge. */
  top: number;
  /** Whether the upper edge is a limit. */
  limited: boolean;
  figures: readonly Figure[];
  /** Near its limit. */
  hot?: boolean;
}

/** How much a sandbox uses: four small charts of the last five minutes, each with its numbers in words. */
export function charts(model: SandboxModel): TemplateResult {
  const { usage, sandbox } = model;
  if (usage.last === undefined || sandbox === undefined) {
    const why = model.meter.problem !== '' ? model.meter.problem : sandbox !== undefined && runs(sandbox.state) ? 'Measuring …' : 'Measured while it runs.';
    return html`<p class="empty" data-testid="no-usage">${why}</p>`;
  }
  return html`<div class="charts ${runs(sandbox.state) ? '' : 'past'}" data-testid="usage">
    ${chartsOf(usage, sandbox).map((each) => chart(each, usage))}
    ${runs(sandbox.state) ? nothing : html`<p class="empty">As it was when it ran last.</p>`}
  </div>`;
}

function chartsOf(usage: Usage, sandbox: Sandbox): Chart[] {
  const last = usage.last as NonNullable<Usage['last']>;
  const limit = last.memoryLimit > 0 ? last.memoryLimit : (sandbox.spec?.memoryMb ?? 0) * 1024 * 1024;
  const cpus = sandbox.spec?.cpus ?? 1;
  const pids = sandbox.spec?.pids ?? 256;
  const share = (busy: number | undefined) => (busy === undefined ? '–' : `${Math.round((busy / cpus) * 100)} %`);
  const network = Math.max(usage.most('received'), usage.most('sent'));
  return [
    {
      id: 'memory',
      title: 'Memory',
      now: bytes(last.memory),
      of: `of ${bytes(limit)}`,
      sentence: `Memory: ${bytes(last.memory)} of ${bytes(limit)}, at most ${bytes(usage.most('memory'))} in the last five minutes.`,
      top: limit,
      limited: true,
      figures: ['memory'],
      hot: limit > 0 && last.memory / limit > 0.9,
    },
    {
      id: 'cpu',
      title: 'Processor',
      now: share(last.cpus),
      of: `of ${Number(cpus.toFixed(2))}`,
      sentence: `Processor: ${share(last.cpus)} of ${Number(cpus.toFixed(2))}, at most ${share(usage.most('cpus'))} in the last five minutes.`,
      top: cpus,
      limited: true,
      figures: ['cpus'],
      hot: (last.cpus ?? 0) / cpus > 0.95,
    },
    {
      id: 'pids',
      title: 'Processes',
      now: String(last.pids),
      of: `of ${pids}`,
      sentence: `Processes and threads: ${last.pids} of ${pids}, at most ${usage.most('pids')} in the last five minutes.`,
      top: Math.min(pids, Math.max(8, usage.most('pids') * 1.5)),
      limited: false,
      figures: ['pids'],
      hot: last.pids / pids > 0.9,
    },
    {
      id: 'network',
      title: 'Network',
      now: `↓ ${bytes(last.received ?? 0)}/s`,
      of: `↑ ${bytes(last.sent ?? 0)}/s`,
      sentence: `Network: ${bytes(last.received ?? 0)} a second received and ${bytes(last.sent ?? 0)} sent, at most ${bytes(network)} in the last five minutes.`,
      top: Math.max(1024, network * 1.15),
      limited: false,
      figures: ['received', 'sent'],
    },
  ];
}

function chart(of: Chart, usage: Usage): TemplateResult {
  return html`<figure class="chart ${of.hot ? 'hot' : ''}" data-testid="chart-${of.id}">
    <figcaption>
      <span class="chart-title" aria-hidden="true">${of.title}</span>
      <span class="chart-now" aria-hidden="true">${of.now}</span>
      <span class="chart-of" aria-hidden="true">${of.of}</span>
      <span class="sr">${of.sentence}</span>
    </figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      ${[1, 2, 3, 4].map((minute) => svg`<path class="grid" d="M${(WIDTH * minute) / 5} 0V${HEIGHT}" />`)}
      ${of.limited ? svg`<path class="limit" d="M0 1H${WIDTH}" />` : nothing}
      ${of.figures.map(
        (figure, index) => svg`<path class="area n${index}" d=${usage.area(figure, of.top, WIDTH, HEIGHT)} /><path class="line n${index}" d=${usage.path(figure, of.top, WIDTH, HEIGHT)} />`,
      )}
    </svg>
  </figure>`;
}
