import { html, nothing, type TemplateResult } from 'lit';
import { SandboxNetwork, type RuntimeStatus, type Template } from '../../contract/sandbox-wire.js';
import type { Problems } from '../../sandbox/draft.js';
import { mebibytes } from '../../sandbox/words.js';

/** What is wrong in a field, where a screen reader finds it with the field. */
export function fieldProblem(id: string, problem: string | undefined): TemplateResult {
  return html`<span id="${id}-problem" class="field-problem" data-testid="${id}-problem">${problem === undefined ? nothing : html`<span role="alert">${problem}</span>`}</span>`;
}

export interface FormPlace {
  runtime: RuntimeStatus | undefined;
  templates: readonly Template[];
  /** The one that is chosen; undefined for none. */
  template: Template | undefined;
  problems: Problems;
  choose: (template: string) => void;
}

/** The fields of a new sandbox. */
export function sandboxFields(place: FormPlace): TemplateResult {
  const { template, problems, runtime } = place;
  const spec = template?.spec;
  // A runtime without images takes none, and its sandboxes reach nobody.
  const images = runtime === undefined || runtime.active === 'docker';
  const invalid = (name: string) => (problems.has(name) ? 'true' : nothing);
  const described = (name: string) => `sandbox-${name}-problem`;
  const problem = (name: string) => fieldProblem(`sandbox-${name}`, problems.get(name));
  return html`<label for="sandbox-name">Name</label>
    <input id="sandbox-name" name="name" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="200" placeholder="made up when empty" data-testid="sandbox-name" aria-invalid=${invalid('name')} aria-describedby=${described('name')} />
    ${problem('name')}
    ${place.templates.length === 0
      ? nothing
      : html`<label for="sandbox-template">Template</label>
          <select id="sandbox-template" name="template" data-testid="sandbox-template" aria-invalid=${invalid('template')} aria-describedby=${described('template')} @change=${(event: Event) => place.choose((event.target as HTMLSelectElement).value)}>
            <option value="">None</option>
            ${place.templates.map((each) => html`<option value=${each.template} ?selected=${each === template}>${each.name || each.template}</option>`)}
          </select>
          ${problem('template')}
          ${template?.description ? html`<p class="hint-text">${template.description}</p>` : nothing}
          ${(template?.variables ?? []).map((variable) => {
            const name = `variable:${variable.name}`;
            return html`<label for=${name}>${variable.name}${variable.required ? ' (required)' : ''}${variable.description ? html` · ${variable.description}` : nothing}</label>
              <input id=${name} name=${name} maxlength="4096" autocomplete="off" spellcheck="false" placeholder=${variable.defaultValue} aria-invalid=${invalid(name)} aria-describedby="${name}-problem" />
              ${fieldProblem(name, problems.get(name))}`;
          })}`}
    ${images
      ? html`<label for="sandbox-image">Image</label>
          <input id="sandbox-image" name="image" list="sandbox-images" autocomplete="off" spellcheck="false" placeholder=${spec?.image || runtime?.defaultImage || 'the server’s own'} data-testid="sandbox-image" aria-invalid=${invalid('image')} aria-describedby=${described('image')} />
          <datalist id="sandbox-images">${(runtime?.images ?? []).slice(0, 100).map((image) => html`<option value=${image}></option>`)}</datalist>
          ${problem('image')}`
      : nothing}
    <label for="sandbox-command">Command</label>
    <input id="sandbox-command" name="command" class="code-input" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=${spec?.command.join(' ') || 'only waits, for a terminal'} data-testid="sandbox-command" aria-invalid=${invalid('command')} aria-describedby=${described('command')} />
    ${problem('command')}
    <div class="two">
      <span><label for="sandbox-memory">Memory, MiB</label>
      <input id="sandbox-memory" name="memory" inputmode="numeric" type="number" placeholder=${String(spec?.memoryMb || 512)} data-testid="sandbox-memory" aria-invalid=${invalid('memory')} aria-describedby=${described('memory')} />
      ${problem('memory')}</span>
      <span><label for="sandbox-cpus">Processors</label>
      <input id="sandbox-cpus" name="cpus" inputmode="decimal" type="number" step="0.05" placeholder=${String(spec?.cpus || 1)} data-testid="sandbox-cpus" aria-invalid=${invalid('cpus')} aria-describedby=${described('cpus')} />
      ${problem('cpus')}</span>
    </div>
    <label for="sandbox-network">It reaches</label>
    <select id="sandbox-network" name="network" data-testid="sandbox-network" aria-invalid=${invalid('network')} aria-describedby=${described('network')}>
      <option value="">${spec === undefined ? 'nobody' : 'as the template says'}</option>
      ${spec === undefined ? nothing : html`<option value=${SandboxNetwork.NONE}>nobody</option>`}
      <option value=${SandboxNetwork.INTERNAL}>the server alone</option>
      <option value=${SandboxNetwork.OPEN}>the world</option>
    </select>
    ${problem('network')}
    <label for="sandbox-env">Environment, a line of NAME=value each</label>
    <textarea id="sandbox-env" name="env" class="code-input" rows="3" spellcheck="false" autocapitalize="none" placeholder="CI=true" data-testid="sandbox-env" aria-invalid=${invalid('env')} aria-describedby=${described('env')}></textarea>
    ${problem('env')}
    <p class="hint-text">Whoever may see the sandbox reads it. Keys and passwords are given with <code>clawlive secret set</code>.</p>
    <label class="check"><input type="checkbox" name="start" checked data-testid="sandbox-start" /> Start it at once</label>
    ${runtime === undefined || runtime.active === '' ? nothing : html`<p class="hint-text">${machine(runtime)}</p>`}`;
}

/** What runs it, in a sentence. */
function machine(runtime: RuntimeStatus): string {
  const active = runtime.runtimes.find((each) => each.name === runtime.active);
  if (active === undefined) return '';
  const by = active.name === 'process' ? `without a container engine, by bubblewrap ${active.version}` : `in ${active.name} ${active.version}`;
  return `Runs ${by}${active.processors === 0 ? '' : `, on a machine of ${active.processors} processors and ${mebibytes(Math.round(Number(active.memoryBytes) / 1024 / 1024 / 1024) * 1024)}`}.`;
}
