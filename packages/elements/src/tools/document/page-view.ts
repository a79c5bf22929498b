// What is seen of the page: brought to a pair, or close to it.
import type { StageView } from '../image/stage-view.ts';
import { type Size, toStage } from '../image/viewport.ts';
import { boundsOf } from '../shapes/geometry.ts';
import { onImage } from './areas.ts';
import type { Pair } from './pairs.ts';

/** Moves the view until the pair is seen. */
export function revealPair(stage: StageView, { key, value }: Pair, size: Size): void {
  for (const area of [value.area, key.area]) {
    if (!area) continue;
    const { left, top, right, bottom } = boundsOf(onImage(area, size));
    stage.reveal({ x: right, y: bottom });
    stage.reveal({ x: left, y: top });
  }
}

/** @returns whether it has a place on the page */
export function zoomToPair(stage: StageView, { key, value }: Pair, size: Size, room: Size): boolean {
  const areas = [key.area, value.area].flatMap((area) => area ?? []);
  if (areas.length === 0) return false;
  const { left, top, right, bottom } = boundsOf(onImage(areas, size));
  const wanted = Math.min(room.width / (right - left + 1), room.height / (bottom - top + 1), 6) * 0.8;
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  stage.zoomAt(wanted / stage.view.scale, toStage(stage.view, middle));
  const at = toStage(stage.view, middle);
  stage.pan({ x: room.width / 2 - at.x, y: room.height / 2 - at.y });
  return true;
}
