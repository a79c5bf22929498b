/** Where a key leads in a row of `count` tabs; the arrows follow the direction of the text. @returns undefined for other keys */
export function tabAfter(event: KeyboardEvent, at: number, count: number): number | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return undefined;
  const forward = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? -1 : 1;
  const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: count - 1 }[event.key];
  return to === undefined ? undefined : (to + count) % count;
}
