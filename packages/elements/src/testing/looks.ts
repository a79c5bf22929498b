// What is wrong with how a page looks, by the geometry and the computed styles of everything in its shadow trees; a line each.
import type { Page } from 'playwright-core';

interface Looks {
  /** What is cut off, lies over other text, or makes the page scroll sideways. */
  layout(): string[];
  /** Parts that stand beside each other and do not change sides from right to left. */
  sides(): string[];
  /** What moves for longer than a hundredth of a second. */
  motion(): string[];
  /** Controls that nothing sets off from the page, and choices that look like what is not chosen. */
  forced(): string[];
  /** Whether what has the focus shows it; undefined when it is on the page itself. */
  focus(): string | undefined;
  /** Targets smaller than this, without the space around them that makes up for it. */
  small(least: number): string[];
}

export const looks = {
  layout: (page: Page) => look(page, 'layout'),
  sides: (page: Page) => look(page, 'sides'),
  motion: (page: Page) => look(page, 'motion'),
  forced: (page: Page) => look(page, 'forced'),
  async focus(page: Page): Promise<string | undefined> {
    await page.evaluate(install);
    return page.evaluate(() => (window as unknown as { looks: Looks }).looks.focus());
  },
  async small(page: Page, least: number): Promise<string[]> {
    await page.evaluate(install);
    return page.evaluate((least) => (window as unknown as { looks: Looks }).looks.small(least), least);
  },
};

async function look(page: Page, kind: 'layout' | 'sides' | 'motion' | 'forced'): Promise<string[]> {
  await page.evaluate(install);
  return page.evaluate(async (kind) => {
    // Observers of sizes have had their turn after two frames.
    if (kind === 'layout') await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return (window as unknown as { looks: Looks }).looks[kind]();
  }, kind);
}

/** Runs in the page. */
function install(): void {
  if ('looks' in window) return;
  const everything = (root: ParentNode = document): Element[] =>
    [...root.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? everything(each.shadowRoot) : [])]);
  const parentOf = (element: Element): Element | null =>
    element.assignedSlot ?? element.parentElement ?? ((element.getRootNode() as ShadowRoot).host || null);
  const ancestors = (element: Element): Element[] => {
    const found: Element[] = [];
    for (let at = parentOf(element); at; at = parentOf(at)) found.push(at);
    return found;
  };
  const nameOf = (element: Element): string => {
    const { host } = element.getRootNode() as ShadowRoot;
    const classes = typeof element.className === 'string' ? element.className.trim().replaceAll(/\s+/g, '.') : '';
    return `${host ? `${host.localName} > ` : ''}${element.localName}${element.id ? `#${element.id}` : ''}${classes ? `.${classes}` : ''} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30)}”`;
  };
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false }) &&
    !element.closest('.unseen, [role=status].unseen');
  /** While a dialog is open nothing else counts. */
  const open = (): Element | undefined => everything().find((each) => each.matches('dialog:modal'));
  const inView = (): Element[] => {
    const dialog = open();
    // So that nothing is asked for twice in a tree that may be deep.
    edges.clear();
    return everything().filter(
      (each) => isSeen(each) && (!dialog || each === dialog || ancestors(each).includes(dialog)),
    );
  };

  interface Box {
    left: number;
    top: number;
    right: number;
    bottom: number;
  }
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isArea = ({ left, top, right, bottom }: Box, least = 0): boolean =>
    right - left > least && bottom - top > least;
  const sticksOut = (inner: Box, outer: Box, by: number): boolean =>
    inner.left < outer.left - by ||
    inner.right > outer.right + by ||
    inner.top < outer.top - by ||
    inner.bottom > outer.bottom + by;

  /** What cuts off what is in it, how, and where. */
  const edges = new Map<Element, { box: Box; scrolls: boolean; dots: boolean } | undefined>();
  const edgeOf = (element: Element) => {
    if (!edges.has(element)) {
      const { overflowX, overflowY, display, textOverflow } = getComputedStyle(element);
      const isEdge =
        display !== 'inline' && display !== 'contents' && overflowX !== 'visible' && element !== document.body;
      edges.set(
        element,
        isEdge
          ? {
              box: element.getBoundingClientRect(),
              scrolls: /auto|scroll/.test(overflowX + overflowY),
              dots: textOverflow === 'ellipsis',
            }
          : undefined,
      );
    }
    return edges.get(element);
  };

  interface Text extends Box {
    readonly element: Element;
    readonly text: string;
    readonly overlay: Element | undefined;
  }
  // What lies over other things on purpose.
  const overlays =
    'dialog, .settings, .toast, .pin, .hint, .tags, .badge, .picture-note, .overlay, .picture-state, svg';
  const texts = (faults: string[]): Text[] => {
    const found: Text[] = [];
    for (const element of inView()) {
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || node.nodeValue!.trim() === '') continue;
        if (/^(style|script|title|option|textarea)$/.test(element.localName)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const line of range.getClientRects()) {
          // A line's box is higher than its letters.
          const spare = Math.min(line.height / 4, line.height - 10);
          let box: Box = { left: line.left, right: line.right, top: line.top + spare, bottom: line.bottom - spare };
          if (!isArea(box, 1)) continue;
          let mayScroll = false;
          for (const around of [element, ...ancestors(element)]) {
            const edge = edgeOf(around);
            if (!edge) continue;
            if (edge.scrolls) mayScroll = true;
            // Who cuts off with dots says the whole elsewhere.
            else if (!mayScroll && !edge.dots && sticksOut(box, edge.box, 1.5))
              faults.push(`cut off: ${nameOf(element)} by ${nameOf(around)}`);
            box = meet(box, edge.box);
          }
          if (!isArea(box, 1)) continue;
          const path = [element, ...ancestors(element)];
          const held = path.find((each) => each.matches('button, a.button, kbd, .badge, .tag, .label-button'));
          if (held && getComputedStyle(held).display !== 'inline' && sticksOut(box, held.getBoundingClientRect(), 2))
            faults.push(`beyond its edge: ${nameOf(held)}`);
          found.push({
            ...box,
            element,
            text: node.nodeValue!.trim().slice(0, 30),
            overlay: path.find((each) => each.matches(overlays)),
          });
        }
      }
    }
    return found;
  };

  const signature = (element: Element): string =>
    ['', '::before', '::after']
      .map((part) => {
        const style = getComputedStyle(element, part || null);
        return [
          ...['Top', 'Right', 'Bottom', 'Left'].flatMap((side) => {
            const key = `border${side}` as const;
            const border = style as unknown as Record<string, string>;
            return [border[`${key}Style`], border[`${key}Width`], border[`${key}Color`]];
          }),
          style.outlineStyle === 'none' ? '' : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`,
          style.backgroundColor,
          style.textDecorationLine,
          style.fontWeight,
          style.display,
          part && style.content,
        ].join();
      })
      .join(';');
  const hasEdge = (element: Element): boolean => {
    const style = getComputedStyle(element);
    return (
      (style.borderTopStyle !== 'none' && Number.parseFloat(style.borderTopWidth) > 0) ||
      (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0)
    );
  };
  const colourOf = (element: Element): string => getComputedStyle(element).backgroundColor;

  (window as unknown as { looks: Looks }).looks = {
    layout() {
      const faults: string[] = [];
      const { scrollWidth } = document.scrollingElement!;
      if (scrollWidth > innerWidth) {
        const wide = everything().filter(
          (each) =>
            isSeen(each) &&
            (each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1),
        );
        faults.push(`the page is ${scrollWidth} wide, not ${innerWidth}: ${wide.slice(-3).map(nameOf).join(' | ')}`);
      }
      const all = texts(faults);
      all.forEach((a, index) => {
        for (const b of all.slice(index + 1)) {
          if (a.element === b.element || a.overlay !== b.overlay) continue;
          if (isArea(meet(a, b), 2))
            faults.push(`over each other: “${a.text}” (${nameOf(a.element)}) and “${b.text}” (${nameOf(b.element)})`);
        }
      });
      return [...new Set(faults)];
    },
    sides() {
      const root = document.documentElement;
      const { dir } = root;
      const groups = everything()
        .filter((each) => each.matches('.layout, .annotation-area') && isSeen(each))
        .map((each) => [...each.children].filter((part) => isSeen(part) && part.getBoundingClientRect().width > 0));
      const boxes = (way: string) => {
        root.dir = way;
        return groups.map((parts) => parts.map((part) => part.getBoundingClientRect()));
      };
      const [usual, mirrored] = [boxes('ltr'), boxes('rtl')];
      root.dir = dir;
      return groups.flatMap((parts, group) =>
        parts.flatMap((first, one) =>
          parts.flatMap((second, other) => {
            const [a, b] = [usual[group]![one]!, usual[group]![other]!];
            const areBeside = a.top < b.bottom - 1 && b.top < a.bottom - 1 && a.right <= b.left + 1;
            if (!areBeside || mirrored[group]![one]!.left >= mirrored[group]![other]!.right - 1) return [];
            return [`${nameOf(first)} does not change sides with ${nameOf(second)}`];
          }),
        ),
      );
    },
    motion() {
      const longest = (list: string): number =>
        Math.max(...list.split(',').map((each) => Number.parseFloat(each) * (each.trim().endsWith('ms') ? 0.001 : 1)));
      return everything().flatMap((each) =>
        [null, '::before', '::after'].flatMap((part) => {
          const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(each, part);
          const moves =
            (animationName !== 'none' && longest(animationDuration) > 0.01) || longest(transitionDuration) > 0.01;
          return moves || scrollBehavior === 'smooth' ? [`moves: ${nameOf(each)} ${part ?? ''}`] : [];
        }),
      );
    },
    forced() {
      const faults: string[] = [];
      const seen = inView();
      for (const each of seen) {
        if (
          each.matches(
            'button, select, textarea, input:not([type=checkbox], [type=radio], [type=range], [type=hidden])',
          )
        ) {
          // Fields and rows stand in a frame of their own.
          const frame = each.closest('.frame, .pair, .places, .pool .chip-row');
          const isText = getComputedStyle(each).textDecorationLine === 'underline';
          if (!hasEdge(each) && !isText && !(frame && hasEdge(frame)) && each.getAttribute('role') !== 'tab')
            faults.push(`no edge: ${nameOf(each)}`);
        }
        if (
          each.matches('.swatch, .cursor, .shapes, .mask, .ring, .sketch') &&
          !ancestors(each).some((outer) => outer.matches('.overlay'))
        )
          if (getComputedStyle(each).forcedColorAdjust !== 'none')
            faults.push(`its colours are taken away: ${nameOf(each)}`);
        // What is drawn on images keeps its own colours.
        const isChosen =
          each instanceof HTMLElement &&
          each.matches('[aria-selected=true], [aria-pressed=true], .selected, .current, .chosen');
        if (isChosen) {
          const other = seen.find(
            (candidate) =>
              candidate !== each &&
              candidate.getRootNode() === each.getRootNode() &&
              candidate.localName === each.localName &&
              candidate.classList[0] === each.classList[0] &&
              candidate.getAttribute('role') === each.getAttribute('role') &&
              !candidate.matches('[aria-selected=true], [aria-pressed=true], .selected, .current, .chosen, :disabled'),
          );
          // Itself a native control, or around what is chosen.
          const says = [...each.querySelectorAll('input:checked, .selected')].some(
            (inner) => inner.localName !== 'input' || getComputedStyle(inner).appearance !== 'none',
          );
          if (other && !says && signature(other) === signature(each))
            faults.push(`looks as if not chosen: ${nameOf(each)}`);
        }
        // What says how far a slider is, or whether a switch is on, by a background alone.
        if (each.matches('.track > .bar, .track > .done, .track > .secondary'))
          if (
            colourOf(each) === colourOf(document.documentElement) ||
            (getComputedStyle(each).forcedColorAdjust !== 'none' && !hasEdge(each))
          )
            faults.push(`not to be seen: ${nameOf(each)}`);
      }
      return faults;
    },
    focus() {
      let focused = document.activeElement;
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
      if (!focused || focused === document.body) return undefined;
      const outlined = (element: Element | null): boolean => {
        if (!element) return false;
        const { outlineStyle, outlineWidth, outlineColor, opacity } = getComputedStyle(element);
        // A native control that lies unseen over what is drawn for it.
        if (opacity === '0') return false;
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0 && !/^rgba.*, 0\)$/.test(outlineColor);
      };
      const shows = [
        focused,
        focused.closest('.frame, .category, label'),
        focused.parentElement?.querySelector('.mark') ?? null,
      ];
      return `${shows.some(outlined) ? 'shown' : 'not shown'}: ${nameOf(focused)}`;
    },
    small(least) {
      // The crosses in a text are as large as its lines allow; the list of marks has others.
      const targets = inView().filter(
        (each) =>
          each.matches('button, a[href], input:not([type=hidden]), select, textarea, [role=option], .remove') &&
          !each.matches(':disabled') &&
          // The template's own are its author's affair.
          each.getRootNode() !== document,
      );
      const boxes = targets.map((each) => {
        // A label is part of its control.
        const { left, top, right, bottom } = (each.closest('label') ?? each).getBoundingClientRect();
        const isSmall = right - left < least - 0.5 || bottom - top < least - 0.5;
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        // What has to be free around a small one: a circle, taken as its square.
        const free = isSmall
          ? { left: x - least / 2, top: y - least / 2, right: x + least / 2, bottom: y + least / 2 }
          : { left, top, right, bottom };
        return { each, isSmall, free, size: `${Math.round(right - left)} × ${Math.round(bottom - top)}` };
      });
      return boxes.flatMap(({ each, isSmall, free, size }) => {
        if (!isSmall) return [];
        const near = boxes.find(
          (other) =>
            other.each !== each &&
            !other.each.contains(each) &&
            !each.contains(other.each) &&
            isArea(meet(free, other.free), 0.5),
        );
        return near ? [`${size}: ${nameOf(each)} near ${nameOf(near.each)}`] : [];
      });
    },
  };
}
