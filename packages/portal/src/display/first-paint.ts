// A classic script in the head of the page: what was chosen is there before anything is drawn.
import { firstKnown } from '../words/languages.ts';
import { readDisplay, showDisplay } from './display.ts';

const display = readDisplay();
showDisplay(display);
document.documentElement.lang = display.language ?? firstKnown(navigator.languages);
