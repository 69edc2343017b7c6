import { LitElement } from 'lit';

/**
 * An element that renders into the page itself: one stylesheet with one set of design tokens serves all,
 * labels and ids reach across elements, and the content security policy needs no exception for styles.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
