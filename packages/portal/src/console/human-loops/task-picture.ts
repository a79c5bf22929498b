// The picture that a task is about, to draw on it what workers drew.
import { onlyPicture } from '../../components/only-picture.ts';
import { call } from '../console-api.ts';

/** The address of the only picture on the page of a loop's task; undefined where there is no such picture. */
export async function taskPicture(HumanLoopName: string): Promise<string | undefined> {
  const preview = await call('PreviewHumanLoop', { HumanLoopName, Origin: location.origin }).catch(() => undefined);
  return preview && onlyPicture(preview.Page);
}
