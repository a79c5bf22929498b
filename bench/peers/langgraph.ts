/** LangGraph: a wait is a thread of a graph that was interrupted; who completes it runs the rest of the graph. */
import { Annotation, Command, END, interrupt, START, StateGraph } from '@langchain/langgraph';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import pg from 'pg';
import { type PeerModule, versionOf } from './peer.ts';

export const open: PeerModule['open'] = async ({ databaseUrl, knows }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  pool.on('error', () => {});
  const checkpointer = new PostgresSaver(pool);
  await checkpointer.setup();
  const State = Annotation.Root({ id: Annotation<string>, payload: Annotation<object>, answer: Annotation<object> });
  const graph = new StateGraph(State)
    .addNode('review', ({ payload }) => ({ answer: interrupt(payload) as object }))
    .addNode('program', ({ id }) => {
      knows(id);
      return {};
    })
    .addEdge(START, 'review')
    .addEdge('review', 'program')
    .addEdge('program', END)
    .compile({ checkpointer });
  const of = (id: string) => ({ configurable: { thread_id: id }, durability: 'sync' as const });
  return {
    facts: {
      name: 'LangGraph',
      version: `${versionOf('@langchain/langgraph')}, checkpointer ${versionOf('@langchain/langgraph-checkpoint-postgres')}`,
      licence: 'MIT',
      durability: 'PostgreSQL, fsync and synchronous_commit on; durability "sync"',
      how: 'invoke until an interrupt; invoke with Command({ resume }); the next node runs in that call',
    },
    async create(id, payload) {
      await graph.invoke({ id, payload }, of(id));
    },
    take: async (id) => ({ id }),
    async complete({ id }, answer) {
      await graph.invoke(new Command({ resume: answer }), of(id));
    },
    close: () => pool.end(),
  };
};
