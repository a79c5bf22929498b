// A share as a bar and in percent, for those who would rather look.
import { html, svg, type TemplateResult } from 'lit';

const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const percentText = (share: number): string => `${fine.format(100 * share)} %`;

/** @param share 0 to 1; below 0 the bar is empty */
export const shareBar = (share: number, text: string = percentText(share)): TemplateResult =>
  html`<span class="share">${svg`<svg class="share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="share-ground" width="100" height="10"></rect>
    <rect class="share-fill" width=${100 * Math.min(1, Math.max(0, share))} height="10"></rect></svg>`}${text}</span>`;

/** Parts of a whole one after the other, the first strongest; what they are stands beside it in words. */
export const partsBar = (shares: readonly number[]): TemplateResult => {
  let from = 0;
  const parts = shares.map((share, index) => {
    const part = svg`<rect class="share-part" x=${from} width=${100 * share} height="10"
      fill-opacity=${Math.max(0.15, 1 - 0.35 * index)}></rect>`;
    from += 100 * share;
    return part;
  });
  return html`${svg`<svg class="share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="share-ground" width="100" height="10"></rect>${parts}</svg>`}`;
};
