import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyServer } from '../copy-server.ts';
import type { Node } from '../fleet.ts';
import type { Scenario } from '../scenario.ts';

/** A rolling upgrade: this program, and the same with one migration more, take turns and work side by side. */
export const twoVersions: Scenario = {
  name: 'two-versions',
  disturbs: 'nodes are replaced by a version with a newer schema, and back',
  engines: ['postgres'],
  nodes: 2,
  async disturb(stage) {
    const { nodes, random } = stage;
    const old = nodes[0]!.place.entry;
    const newer = nextVersion(old, join(stage.folder, 'next'));
    const replace = async (node: Node, entry: string): Promise<void> => {
      await node.end(random.chance(0.5) ? 'SIGTERM' : 'SIGKILL');
      node.place = { ...node.place, entry };
      await node.start();
      stage.disturbed(entry === newer ? 'newer' : 'older');
      await stage.untilAcknowledged(30 + random.integer(60), 20, 5000);
    };
    for (let time = 0; time < (stage.size === 'long' ? 10 : 2) && !stage.isTimeOver(); time += 1) {
      const node = nodes[time % nodes.length]!;
      await replace(node, newer);
      await stage.untilRecovered('a node was replaced');
      // Some upgrades are taken back.
      if (random.chance(0.6)) await replace(node, old);
    }
  },
};

/** A copy of the built server that knows one migration more. @returns its entry file */
function nextVersion(entry: string, folder: string): string {
  const copy = copyServer(entry, folder);
  const sql = `-- oldest program: 1
ALTER TABLE human_loops ADD COLUMN next_version_note TEXT;
CREATE TABLE next_version_rows (id TEXT PRIMARY KEY);
`;
  writeFileSync(join(folder, 'server/dist/store/postgres/sql/9999-next-version.sql'), sql);
  return copy;
}
