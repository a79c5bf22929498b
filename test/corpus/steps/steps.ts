import type { Steps } from '../hand.ts';
import { classifierSteps } from './classifiers.ts';
import { controlSteps } from './controls.ts';
import { formSteps } from './forms.ts';
import { mediaSteps } from './media.ts';
import { scriptSteps } from './scripts.ts';
import { toolSteps } from './tools.ts';

/** How each template is answered, by its name. */
export const steps: Readonly<Record<string, Steps>> = {
  ...classifierSteps,
  ...controlSteps,
  ...formSteps,
  ...mediaSteps,
  ...scriptSteps,
  ...toolSteps,
};
