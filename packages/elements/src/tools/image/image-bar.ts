// The bar below a stage, and the settings of how the image looks.
import { html, nothing } from '../../base.ts';
import { toolIcon } from '../tool-icon.ts';
import { imageMessages } from './messages.ts';

/** Something that can be done on the stage. */
export interface Mode {
  /** Also the id of its button, by which templates reach it. */
  readonly id: string;
  readonly text: string;
  readonly icon: string;
  /** The key that chooses it. */
  readonly key?: string;
}

export interface Bar {
  readonly modes: readonly Mode[];
  readonly mode: string;
  chooseMode(mode: string): void;
  readonly tools: unknown;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  /** Undefined while there is nothing to do. */
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  readonly remove: (() => void) | undefined;
  /** Undefined in tools that cannot. */
  readonly duplicate: { readonly run: (() => void) | undefined } | undefined;
  readonly isDisabled: boolean;
  readonly isNothing: boolean;
  readonly isNothingDisabled: boolean;
  setNothing(nothing: boolean): void;
}

export function renderBar(bar: Bar): unknown {
  return html`<div class="bar" part="bar">
    <div class="bar-group" role="group" aria-label=${imageMessages.tools}>
      ${bar.modes.map((mode) => renderMode(bar, mode))}
      ${renderMode(bar, { id: 'move', text: imageMessages.move, icon: 'move', key: 'm' })}
    </div>
    ${bar.tools === undefined ? nothing : bar.tools}
    <div class="bar-group" role="group" aria-label=${imageMessages.view}>
      ${renderAction('zoom-out', imageMessages.zoomOut, bar.zoomOut)}
      ${renderAction('zoom-in', imageMessages.zoomIn, bar.zoomIn)}
      ${renderAction('fit', imageMessages.fit, bar.fit)}
    </div>
    ${renderHistory(
      bar.undo,
      bar.redo,
      html`${bar.duplicate ? renderAction('duplicate', imageMessages.duplicate, bar.duplicate.run) : nothing}
      ${renderAction('delete', imageMessages.remove, bar.remove)}`,
    )}
    <label class="nothing" title=${bar.isNothingDisabled && !bar.isNothing ? imageMessages.marksFirst : ''}><input
      type="checkbox" .checked=${bar.isNothing} ?disabled=${bar.isNothingDisabled && !bar.isNothing}
      @input=${(event: Event) => event.stopPropagation()}
      @change=${(event: Event) => {
        event.stopPropagation();
        bar.setNothing((event.target as HTMLInputElement).checked);
      }}
    />${imageMessages.nothingToLabel}</label>
  </div>`;
}

/** Undo, redo, and what else changes the marks; each action is undefined while there is nothing to do. */
export function renderHistory(
  undo: (() => void) | undefined,
  redo: (() => void) | undefined,
  more: unknown = nothing,
): unknown {
  return html`<div class="bar-group" role="group" aria-label=${imageMessages.history}>
    ${renderAction('undo', imageMessages.undo, undo)}
    ${renderAction('redo', imageMessages.redo, redo)}
    ${more}
  </div>`;
}

/** A button with a picture, whose id is its picture's name; disabled while it has no action. */
export function renderAction(name: string, text: string, action: (() => void) | undefined): unknown {
  return html`<button
    class="action icon-only" type="button" id=${name} aria-label=${text} title=${text} ?disabled=${action === undefined}
    @click=${() => action?.()}
  >${toolIcon(name)}</button>`;
}

function renderMode({ mode, chooseMode, isDisabled }: Bar, { id, text, icon: name, key }: Mode): unknown {
  const title = key === undefined ? text : `${text} (${key.toUpperCase()})`;
  return html`<button
    class="action icon-only" type="button" id=${id} aria-label=${text} title=${title} aria-pressed=${mode === id ? 'true' : 'false'}
    ?disabled=${isDisabled && id !== 'move'} @click=${() => chooseMode(id)}
  >${toolIcon(name)}</button>`;
}

export interface ImageSettings {
  /** In percent. */
  readonly brightness: number;
  readonly contrast: number;
  readonly opacity: number;
}

const usualSettings: ImageSettings = { brightness: 100, contrast: 100, opacity: 100 };

/** @param usual what “Back to normal” leads to */
export function renderSettings(
  settings: ImageSettings,
  set: (settings: ImageSettings) => void,
  usual = usualSettings,
): unknown {
  const slider = (name: keyof ImageSettings, text: string, least: number, most: number) => html`<label>
    <span>${text}</span><input
      type="range" min=${least} max=${most} step="5" .value=${String(settings[name])}
      @change=${(event: Event) => event.stopPropagation()}
      @input=${(event: Event) => {
        event.stopPropagation();
        set({ ...settings, [name]: Number((event.target as HTMLInputElement).value) });
      }}
    /></label>`;
  return html`${slider('brightness', imageMessages.brightness, 20, 300)}
    ${slider('contrast', imageMessages.contrast, 20, 300)}
    ${slider('opacity', imageMessages.opacity, 10, 100)}
    <button class="action" type="button" @click=${() => set(usual)}>
      ${imageMessages.resetSettings}
    </button>`;
}
