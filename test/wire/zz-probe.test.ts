import { it } from 'vitest';
import fc from 'fast-check';
import { everyOperation } from '../testing/api-answer.ts';
import { hostileRequest } from '../testing/hostile-input.ts';
import { startHostileServer } from '../testing/hostile-server.ts';
import { furnish, knownIn } from './hostile-operations.test.ts';
it('probe', async () => {
  const server = await startHostileServer();
  const known = knownIn(server);
  for (const name of ['CreateFlowDefinition','CreateWorkteam','RenderUiTemplate','StopHumanLoop']) {
    await furnish(server, known);
    const op = everyOperation.find((o) => o.name === name)!;
    const t0 = performance.now();
    const requests = fc.sample(hostileRequest(op, known), { seed: 1, numRuns: 25 });
    console.log(name, 'generated', performance.now() - t0);
    for (const request of requests) {
      const t = performance.now();
      try { const a = await server.send(request); console.log(name, Math.round(performance.now()-t), a.status, a.body.slice(0, 250)); } catch (e) { console.log(String(e)); }
    }
  }
}, 60000);
