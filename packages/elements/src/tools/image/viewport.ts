// How an image lies on its stage. Points of the image are in its own pixels, points of the stage in CSS pixels.

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the image's top left corner is on the stage, and how many CSS pixels one pixel of the image takes. */
export interface View extends Point {
  readonly scale: number;
}

const largestScale = 40;
/** So many CSS pixels of the image stay on the stage, wherever it is moved to. */
const leastVisible = 48;
const margin = 8;

/** The whole image, in the middle; a small one is not blown up to more than twice its size. */
export function fitView(image: Size, stage: Size): View {
  const room = { width: Math.max(1, stage.width - 2 * margin), height: Math.max(1, stage.height - 2 * margin) };
  const scale = Math.min(2, room.width / image.width, room.height / image.height);
  return {
    scale,
    x: (stage.width - image.width * scale) / 2,
    y: (stage.height - image.height * scale) / 2,
  };
}

/** Zooms so that what is at a point of the stage stays there. */
export function zoomView(view: View, factor: number, at: Point, image: Size, stage: Size): View {
  const least = Math.min(fitView(image, stage).scale / 2, 1);
  const scale = Math.min(largestScale, Math.max(least, view.scale * factor));
  const ratio = scale / view.scale;
  return keepOnStage({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio }, image, stage);
}

export function panView(view: View, by: Point, image: Size, stage: Size): View {
  return keepOnStage({ ...view, x: view.x + by.x, y: view.y + by.y }, image, stage);
}

/** Moves the view, as far as needed, until a point of the image is well within the stage; an image that is seen whole stays. */
export function revealPoint(view: View, point: Point, image: Size, stage: Size): View {
  const { x, y } = toStage(view, point);
  const isSeen = (at: number, length: number, room: number) => at >= 0 && at + length * view.scale <= room;
  return {
    ...view,
    x: isSeen(view.x, image.width, stage.width) ? view.x : view.x + shift(x, stage.width),
    y: isSeen(view.y, image.height, stage.height) ? view.y : view.y + shift(y, stage.height),
  };
}

export const toImage = ({ scale, x, y }: View, point: Point): Point => ({
  x: (point.x - x) / scale,
  y: (point.y - y) / scale,
});

export const toStage = ({ scale, x, y }: View, point: Point): Point => ({
  x: point.x * scale + x,
  y: point.y * scale + y,
});

/** To whole pixels within the image, whose right and lower edges count. */
export const clampPoint = ({ x, y }: Point, { width, height }: Size): Point => ({
  x: Math.min(width, Math.max(0, Math.round(x))),
  y: Math.min(height, Math.max(0, Math.round(y))),
});

function keepOnStage(view: View, image: Size, stage: Size): View {
  const within = (at: number, length: number, room: number): number =>
    Math.min(room - leastVisible, Math.max(leastVisible - length, at));
  return {
    ...view,
    x: within(view.x, image.width * view.scale, stage.width),
    y: within(view.y, image.height * view.scale, stage.height),
  };
}

function shift(at: number, room: number): number {
  const edge = Math.min(32, room / 4);
  if (at < edge) return edge - at;
  return at > room - edge ? room - edge - at : 0;
}
