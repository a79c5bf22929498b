// Registers the crowd-* elements. A classic script: it runs where the page loads it, before or after the doctype. Tools follow
// when the page uses them.
import * as base from './base.ts';
import { CrowdAlert } from './elements/crowd-alert/crowd-alert.ts';
import { CrowdBadge } from './elements/crowd-badge/crowd-badge.ts';
import { CrowdButton } from './elements/crowd-button/crowd-button.ts';
import { CrowdCard } from './elements/crowd-card/crowd-card.ts';
import { CrowdCheckbox } from './elements/crowd-checkbox/crowd-checkbox.ts';
import { CrowdClassifier } from './elements/crowd-classifier/crowd-classifier.ts';
import { CrowdClassifierMultiSelect } from './elements/crowd-classifier-multi-select/crowd-classifier-multi-select.ts';
import { CrowdFab } from './elements/crowd-fab/crowd-fab.ts';
import { CrowdForm } from './elements/crowd-form/crowd-form.ts';
import { CrowdIconButton } from './elements/crowd-icon-button/crowd-icon-button.ts';
import { CrowdImageClassifier } from './elements/crowd-image-classifier/crowd-image-classifier.ts';
import { CrowdImageClassifierMultiSelect } from './elements/crowd-image-classifier-multi-select/crowd-image-classifier-multi-select.ts';
import { CrowdInput } from './elements/crowd-input/crowd-input.ts';
import { CrowdInstructions } from './elements/crowd-instructions/crowd-instructions.ts';
import { CrowdModal } from './elements/crowd-modal/crowd-modal.ts';
import { CrowdRadioButton } from './elements/crowd-radio-button/crowd-radio-button.ts';
import { CrowdRadioGroup } from './elements/crowd-radio-group/crowd-radio-group.ts';
import { CrowdRekognitionDetectModerationLabels } from './elements/crowd-rekognition-detect-moderation-labels/crowd-rekognition-detect-moderation-labels.ts';
import { CrowdSlider } from './elements/crowd-slider/crowd-slider.ts';
import { CrowdSliderLabel } from './elements/crowd-slider-label/crowd-slider-label.ts';
import { CrowdTab } from './elements/crowd-tab/crowd-tab.ts';
import { CrowdTabs } from './elements/crowd-tabs/crowd-tabs.ts';
import { CrowdTextArea } from './elements/crowd-text-area/crowd-text-area.ts';
import { CrowdToast } from './elements/crowd-toast/crowd-toast.ts';
import { CrowdToggleButton } from './elements/crowd-toggle-button/crowd-toggle-button.ts';
import { IronIcon } from './elements/iron-icon/iron-icon.ts';
import { define } from './internal/define.ts';
import { loadLazyElements } from './internal/lazy-elements.ts';
import { addPageStyle } from './internal/page-style.ts';
import { announceReady } from './internal/ready.ts';
import { markUnknownTags } from './internal/unknown-tags.ts';

// Pages load the script twice, or under both of its names; the first one does everything.
if (!customElements.get('crowd-form')) {
  addPageStyle();
  // The form comes first, so that buttons that are upgraded after it find it.
  define('crowd-form', CrowdForm);
  define('crowd-alert', CrowdAlert);
  define('crowd-badge', CrowdBadge);
  define('crowd-button', CrowdButton);
  define('crowd-card', CrowdCard);
  define('crowd-checkbox', CrowdCheckbox);
  define('crowd-classifier', CrowdClassifier);
  define('crowd-classifier-multi-select', CrowdClassifierMultiSelect);
  define('crowd-fab', CrowdFab);
  define('crowd-icon-button', CrowdIconButton);
  define('crowd-image-classifier', CrowdImageClassifier);
  define('crowd-image-classifier-multi-select', CrowdImageClassifierMultiSelect);
  define('crowd-input', CrowdInput);
  define('crowd-instructions', CrowdInstructions);
  define('crowd-modal', CrowdModal);
  define('crowd-radio-group', CrowdRadioGroup);
  define('crowd-radio-button', CrowdRadioButton);
  define('crowd-rekognition-detect-moderation-labels', CrowdRekognitionDetectModerationLabels);
  define('crowd-slider', CrowdSlider);
  define('crowd-slider-label', CrowdSliderLabel);
  define('crowd-tab', CrowdTab);
  define('crowd-tabs', CrowdTabs);
  define('crowd-text-area', CrowdTextArea);
  define('crowd-toast', CrowdToast);
  define('crowd-toggle-button', CrowdToggleButton);
  define('iron-icon', IronIcon);
  Object.defineProperty(globalThis, Symbol.for('holdpoint.crowd-base'), { value: base });
  loadLazyElements();
  markUnknownTags();
  announceReady();
}
