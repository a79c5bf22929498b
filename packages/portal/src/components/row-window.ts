// Which groups of a long table are drawn: those near the window. Each other one is an empty row of its height, so that ten
// thousand rows scroll as fifty do.

/** How far beyond the window rows are drawn. */
const margin = '1200px 0px';

export interface RowWindow {
  /** Whether the rows of a group are drawn; of a group that was never measured they are. */
  isDrawn: (key: number) => boolean;
  isNear: (key: number) => boolean;
  /** The height of so many rows of a group that is not drawn (pixels). */
  heightOf: (key: number, rows: number) => number;
  /** Whether the end of the table is near. */
  isEndNear: () => boolean;
  /** To be called when the table was drawn: watches its groups (`[data-page]`) and its end (`[data-end]`). */
  watch: (root: Element) => void;
  /** Looks anew whether the end is near. */
  lookAgain: () => void;
  stop: () => void;
}

/** Calls `moved` when other groups, or the end, have come near. */
export function createRowWindow(moved: () => void): RowWindow {
  const near = new Set<number>();
  const rowHeights = new Map<number, number>();
  const watched = new Set<Element>();
  let isEndNear = false;

  const keyOf = (element: Element) => Number((element as HTMLElement).dataset.page);
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        if (target.hasAttribute('data-end')) {
          isEndNear = isIntersecting;
          continue;
        }
        if (isIntersecting) near.add(keyOf(target));
        else {
          near.delete(keyOf(target));
          const rows = target.querySelectorAll('[data-task]').length;
          if (rows > 0) rowHeights.set(keyOf(target), boundingClientRect.height / rows);
        }
      }
      moved();
    },
    { rootMargin: margin },
  );

  return {
    isDrawn: (key) => near.has(key) || !rowHeights.has(key),
    isNear: (key) => near.has(key),
    heightOf: (key, rows) => Math.round((rowHeights.get(key) ?? 0) * rows),
    isEndNear: () => isEndNear,
    watch(root) {
      const present = new Set(root.querySelectorAll('[data-page], [data-end]'));
      for (const element of watched) {
        if (present.has(element)) continue;
        observer.unobserve(element);
        watched.delete(element);
        if (element.hasAttribute('data-end')) isEndNear = false;
        else near.delete(keyOf(element));
      }
      for (const element of present) {
        if (watched.has(element)) continue;
        watched.add(element);
        observer.observe(element);
      }
    },
    lookAgain() {
      isEndNear = false;
      for (const element of watched) {
        if (!element.hasAttribute('data-end')) continue;
        observer.unobserve(element);
        observer.observe(element);
      }
    },
    stop() {
      observer.disconnect();
      watched.clear();
      near.clear();
    },
  };
}
