// A classic script in the head of the page: what was chosen is there before anything is drawn.
import { firstKnown } from '../words/languages.ts';
import { readDisplay, showDisplay } from './display.ts';
import { loadAgainWhenLost } from './load-again.ts';

const display = readDisplay();
showDisplay(display);
const language = display.language ?? firstKnown(navigator.languages);
document.documentElement.lang = language;
loadAgainWhenLost(language);
