import { storeCases } from '../../packages/server/src/store/store.cases.ts';
import { openPlainStore } from './memory-store.ts';

for (const semantics of ['sqlite', 'postgres'] as const)
  storeCases(`rows in memory, as in ${semantics}`, { open: async () => openPlainStore(semantics) });
