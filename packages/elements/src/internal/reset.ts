/** Does for controls that no native form holds what a native reset does. */
export function resetAll(elements: Iterable<Element>): void {
  for (const control of elements) {
    if ('formResetCallback' in control && typeof control.formResetCallback === 'function') control.formResetCallback();
    else if (control instanceof HTMLInputElement) {
      control.value = control.defaultValue;
      control.checked = control.defaultChecked;
    } else if (control instanceof HTMLTextAreaElement) control.value = control.defaultValue;
    else if (control instanceof HTMLSelectElement) {
      for (const option of control.options) option.selected = option.defaultSelected;
    }
  }
}

export const resetIn = (region: Element): void => resetAll(region.querySelectorAll('*'));
