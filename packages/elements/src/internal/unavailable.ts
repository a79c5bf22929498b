import { css, html } from 'lit';
import { base } from './base.styles.ts';
import { CrowdControl, type Problem } from './crowd-control.ts';
import { messages } from './messages.ts';

const styles = [
  base,
  css`
    :host {
      display: block;
    }
    p {
      background: var(--crowd-bad-soft);
      border-inline-start: 4px solid var(--crowd-bad);
      border-radius: var(--crowd-radius-small);
      color: var(--crowd-bad);
      margin: 8px 0;
      padding: 8px 12px;
    }
  `,
];

/** What stands for an element whose code could not be loaded: it says so and cannot be submitted. A class for one tag. */
export function unavailableElement(): CustomElementConstructor {
  return class extends CrowdControl {
    static override styles = styles;

    get _submittableValue(): undefined {
      return undefined;
    }

    protected override problem(): Problem {
      return { flag: 'badInput', message: messages.notLoaded(this.localName) };
    }

    protected override restore(): void {}

    protected override render() {
      return html`<p role="alert">${messages.notLoaded(this.localName)}</p><slot></slot>`;
    }
  };
}
