import { property } from 'lit/decorators.js';
import { base } from '../../internal/base.styles.ts';
import { roundButtonStyles } from '../../internal/round-button.styles.ts';
import { RoundButton } from '../../internal/round-button.ts';

/** A round button with a picture only; `title` is its tooltip and its name. It fires `click` and does nothing else. */
export class CrowdIconButton extends RoundButton {
  static override styles = [base, roundButtonStyles];

  /** What the picture shows; the name of the button where it has no title. */
  @property() alt = '';

  protected override get ownName(): string {
    return this.alt || super.ownName;
  }
}
