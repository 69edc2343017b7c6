import { Code } from '@connectrpc/connect';
import type { Failure } from '../../contract/failure.js';

/** Shows a sentence at the edge of the page for a while. */
export function say(from: Element, text: string): void {
  from.dispatchEvent(new CustomEvent('say', { detail: text, bubbles: true }));
}

/** A refusal in words for the person who was refused. */
export function told(failure: Failure): string {
  switch (failure.code) {
    case Code.Unauthenticated:
      return 'You are signed out. Sign in again to take part.';
    case Code.ResourceExhausted:
      return failure.reason === 'RATE_LIMITED' ? 'Too much in a minute. Wait a little and try again.' : failure.message;
    case Code.Unavailable:
    case Code.Unknown:
      return 'The server does not answer. Nothing was changed; try again in a moment.';
    default:
      return failure.message;
  }
}

/** Names a call, so that it can be sent again without doing its deed twice. */
export function requestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `web-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
