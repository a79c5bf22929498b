// What the tools take from the script that every page loads: one copy of Lit and of the base classes. The tools are modules of
// their own, built apart, in which this file stands for what the script has put on the page (see vite.config.ts).
export { css, html, LitElement, nothing, svg } from 'lit';
export { customElement, property, query, state } from 'lit/decorators.js';
export { classMap } from 'lit/directives/class-map.js';
export { guard } from 'lit/directives/guard.js';
export { ifDefined } from 'lit/directives/if-defined.js';
export { keyed } from 'lit/directives/keyed.js';
export { live } from 'lit/directives/live.js';
export { ref } from 'lit/directives/ref.js';
export { repeat } from 'lit/directives/repeat.js';
export { styleMap } from 'lit/directives/style-map.js';
export { base } from './internal/base.styles.ts';
export { CrowdControl } from './internal/crowd-control.ts';
export { CrowdElement } from './internal/crowd-element.ts';
export { CrowdWidget, numberKeys } from './internal/crowd-widget.ts';
export { dialogStyles } from './internal/dialog.styles.ts';
export { openDialog, renderDialog } from './internal/dialog.ts';
export { draftHook, draftReadyEvent } from './internal/draft.ts';
export { inviteGuests, lendForm } from './internal/form-guests.ts';
export { icon } from './internal/icons.ts';
export { instructionsStyles } from './internal/instructions.styles.ts';
export { parseJsonAttribute } from './internal/json-attribute.ts';
export { inLanguages, pageLanguage } from './internal/language.ts';
export { loadingMessages } from './internal/loading-messages.ts';
export { messages } from './internal/messages.ts';
export { PictureLoader } from './internal/picture-loader.ts';
export { isPlainObject } from './internal/sorted-json.ts';
