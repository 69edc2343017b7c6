import { html, nothing, type TemplateResult } from 'lit';
import { Code } from '@connectrpc/connect';
import type { Failure } from '../contract/failure.js';

/** A page's worth of why there is nothing to see. */
export function refusal(failure: Failure, title: string): TemplateResult {
  const next = encodeURIComponent(location.pathname + location.hash);
  return html`<main class="page refusal" id="main" tabindex="-1" data-testid="refusal">
    <h1>${title}</h1>
    <p>${sentence(failure)}</p>
    <p class="reason">${failure.reason || Code[failure.code]}</p>
    <p>
      ${failure.code === Code.NotFound || failure.code === Code.Unauthenticated || failure.code === Code.PermissionDenied
        ? html`<a class="button" href="/login?next=${next}">Sign in</a>`
        : nothing}
      <a class="button" href="/">Who is live</a>
    </p>
  </main>`;
}

function sentence(failure: Failure): string {
  switch (failure.code) {
    case Code.NotFound:
      return 'It does not exist, or it is private and you are not signed in as somebody who may see it.';
    case Code.Unavailable:
    case Code.Unknown:
      return 'The server does not answer. It may be starting again; reload in a moment.';
    default:
      return failure.message;
  }
}
