// What a worker says of one pair, below its row in the list.
import { html, live, nothing } from '../../base.ts';
import { documentMessages } from './messages.ts';
import { isSelectionOnly, type Pair, type PartName } from './pairs.ts';
import { renderCutout, type Scan } from './render-cutout.ts';

export interface PairEditor {
  readonly isInactive: boolean;
  readonly isKeyFixed: boolean;
  readonly areBoxesFixed: boolean;
  /** The box that is drawn or moved. */
  readonly part: PartName | undefined;
  /** The image of the page, once it is there. */
  readonly scan: Scan | undefined;
  reject(isRejected: boolean): void;
  type(part: PartName, text: string): void;
  endTyping(): void;
  setBlank(isBlank: boolean): void;
  tick(selection: number, isSelected: boolean): void;
  /** @param pointer how far down the window its button was clicked, if not by a key */
  accept(pointer: number | undefined): void;
  chooseBox(part: PartName): void;
  remove(): void;
  /** A key was pressed in a field. @returns whether it was of use */
  pressed(event: KeyboardEvent): boolean;
}

export function renderPairEditor(pair: Pair, editor: PairEditor): unknown {
  const { origin, key, isRejected, isBlank } = pair;
  const isKeyFixed = origin === 'sought' || (origin === 'given' && editor.isKeyFixed);
  return html`<div
    class="pair-body" role="group" aria-label=${key.text || documentMessages.noKey}
    @keydown=${(event: KeyboardEvent) => {
      if (!editor.pressed(event)) return;
      event.preventDefault();
      event.stopPropagation();
    }}
  >
    ${editor.scan && pair.value.area ? renderCutout(pair.value.area, editor.scan) : nothing}
    ${origin === 'given' ? renderQuestion(pair, editor) : nothing}
    ${
      origin === 'sought'
        ? renderBox(documentMessages.notFound, isRejected, editor.isInactive, (isOn) => editor.reject(isOn))
        : nothing
    }
    ${
      isRejected
        ? nothing
        : html`${isKeyFixed ? nothing : renderField('key', key.text, documentMessages.key, editor)}
          ${pair.selections.map(({ isSelected }, index) =>
            renderBox(
              pair.selections.length === 1 ? documentMessages.ticked : documentMessages.tickedOf(index + 1),
              isSelected && !isBlank,
              editor.isInactive || isBlank,
              (isOn) => editor.tick(index, isOn),
            ),
          )}
          ${isSelectionOnly(pair) ? nothing : renderField('value', isBlank ? '' : pair.value.text, documentMessages.value, editor)}
          ${renderBox(documentMessages.blank, isBlank, editor.isInactive, (isOn) => editor.setBlank(isOn))}
          ${editor.areBoxesFixed ? nothing : html`<div class="pair-boxes">${renderBoxButton(pair, 'key', editor)}${renderBoxButton(pair, 'value', editor)}</div>`}`
    }
    <div class="pair-actions">
      <button
        class="action accept" type="button" ?disabled=${editor.isInactive}
        @click=${({ detail, clientY }: MouseEvent) => editor.accept(detail > 0 ? clientY : undefined)}
      >
        ${documentMessages.accept} <kbd aria-hidden="true">Enter</kbd>
      </button>
      ${
        origin === 'added'
          ? html`<button class="action" type="button" ?disabled=${editor.isInactive} @click=${() => editor.remove()}>
              ${documentMessages.removePair}
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

function renderQuestion({ isRejected }: Pair, editor: PairEditor): unknown {
  const option = (text: string, isOn: boolean, rejects: boolean) => html`<label class="choice"><input
      type="radio" name="pair" .checked=${live(isOn)} ?disabled=${editor.isInactive}
      @input=${stop} @change=${(event: Event) => {
        stop(event);
        editor.reject(rejects);
      }}
    />${text}</label>`;
  return html`<fieldset class="question"><legend>${documentMessages.isPair}</legend>
    ${option(documentMessages.yes, !isRejected, false)}${option(documentMessages.no, isRejected, true)}
  </fieldset>`;
}

function renderField(part: PartName, text: string, label: string, editor: PairEditor): unknown {
  return html`<label class="field"><span class="field-name"><span class="swatch ${part}"></span>${label}</span><textarea
      class="pair-field ${part}-field" rows="1" spellcheck="false" autocomplete="off" dir="auto" .value=${live(text)}
      ?disabled=${editor.isInactive}
      @input=${(event: Event) => {
        event.stopPropagation();
        const field = event.target as HTMLTextAreaElement;
        // Values of several lines are typed as one.
        if (field.value.includes('\n')) field.value = field.value.replace(/\s*\n\s*/g, ' ');
        editor.type(part, field.value);
      }}
      @change=${stop} @blur=${() => editor.endTyping()}
    ></textarea></label>`;
}

const renderBox = (text: string, isOn: boolean, isDisabled: boolean, set: (isOn: boolean) => void): unknown =>
  html`<label class="choice"><input
      type="checkbox" .checked=${live(isOn)} ?disabled=${isDisabled} @input=${stop}
      @change=${(event: Event) => {
        stop(event);
        set((event.target as HTMLInputElement).checked);
      }}
    />${text}</label>`;

function renderBoxButton(pair: Pair, part: PartName, editor: PairEditor): unknown {
  const names = {
    key: [documentMessages.drawKey, documentMessages.adjustKey],
    value: [documentMessages.drawValue, documentMessages.adjustValue],
  }[part];
  return html`<button
    class="action" type="button" aria-pressed=${editor.part === part ? 'true' : 'false'} ?disabled=${editor.isInactive}
    @click=${() => editor.chooseBox(part)}
  ><span class="swatch ${part}"></span>${names[pair[part].area ? 1 : 0]}</button>`;
}

const stop = (event: Event): void => event.stopPropagation();
