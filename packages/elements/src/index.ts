// Registers the crowd-* elements. A classic script: it runs where the page loads it, before or after the doctype.
import { CrowdAlert } from './elements/crowd-alert/crowd-alert.ts';
import { CrowdButton } from './elements/crowd-button/crowd-button.ts';
import { CrowdCard } from './elements/crowd-card/crowd-card.ts';
import { CrowdCheckbox } from './elements/crowd-checkbox/crowd-checkbox.ts';
import { CrowdClassifier } from './elements/crowd-classifier/crowd-classifier.ts';
import { CrowdClassifierMultiSelect } from './elements/crowd-classifier-multi-select/crowd-classifier-multi-select.ts';
import { CrowdForm } from './elements/crowd-form/crowd-form.ts';
import { CrowdInput } from './elements/crowd-input/crowd-input.ts';
import { CrowdInstructions } from './elements/crowd-instructions/crowd-instructions.ts';
import { CrowdRadioButton } from './elements/crowd-radio-button/crowd-radio-button.ts';
import { CrowdRadioGroup } from './elements/crowd-radio-group/crowd-radio-group.ts';
import { CrowdSlider } from './elements/crowd-slider/crowd-slider.ts';
import { CrowdSliderLabel } from './elements/crowd-slider-label/crowd-slider-label.ts';
import { CrowdTextArea } from './elements/crowd-text-area/crowd-text-area.ts';
import { CrowdToggleButton } from './elements/crowd-toggle-button/crowd-toggle-button.ts';
import { define } from './internal/define.ts';
import { addPageStyle } from './internal/page-style.ts';
import { announceReady } from './internal/ready.ts';
import { markUnknownTags, unsupportedElement, unsupportedTags } from './internal/unsupported.ts';

// Pages load the script twice, or under both of its names; the first one does everything.
if (!customElements.get('crowd-form')) {
  addPageStyle();
  // The form comes first, so that buttons that are upgraded after it find it.
  define('crowd-form', CrowdForm);
  define('crowd-alert', CrowdAlert);
  define('crowd-button', CrowdButton);
  define('crowd-card', CrowdCard);
  define('crowd-checkbox', CrowdCheckbox);
  define('crowd-classifier', CrowdClassifier);
  define('crowd-classifier-multi-select', CrowdClassifierMultiSelect);
  define('crowd-input', CrowdInput);
  define('crowd-instructions', CrowdInstructions);
  define('crowd-radio-group', CrowdRadioGroup);
  define('crowd-radio-button', CrowdRadioButton);
  define('crowd-slider', CrowdSlider);
  define('crowd-slider-label', CrowdSliderLabel);
  define('crowd-text-area', CrowdTextArea);
  define('crowd-toggle-button', CrowdToggleButton);
  for (const tag of unsupportedTags) define(tag, unsupportedElement());
  markUnknownTags();
  announceReady();
}
