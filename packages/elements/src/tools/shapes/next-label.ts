/**
 * The label of the next point of a skeleton. Documents of the original say nothing of an order, and leave the number of points
 * for each label to the template. Here points follow the labels: placing the first point of a label leads to the next label
 * that has none, from the end on to the beginning. A label that had a point already stays: whoever chooses it once more places
 * as many as there are. Only placing leads on; moving, relabelling, duplicating and deleting do not. No lines are drawn between
 * points: nothing says which of them belong together.
 *
 * @param isThere whether a label had a point before this one
 * @returns undefined where the label stays
 */
export function nextLabel(
  names: readonly string[],
  placed: string,
  isThere: (name: string) => boolean,
): string | undefined {
  if (isThere(placed)) return undefined;
  const at = names.indexOf(placed) + 1;
  return [...names.slice(at), ...names.slice(0, at)].find((name) => name !== placed && !isThere(name));
}
