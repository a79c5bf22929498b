-- oldest program: 2
-- Who started a loop, by e-mail address, where its flow says that this person may not answer.
ALTER TABLE human_loops ADD COLUMN requester TEXT;
-- The worker to whom the key belongs, by e-mail address.
ALTER TABLE access_keys ADD COLUMN owner TEXT;
-- Who may take a task besides its workteam: nobody of this e-mail address, and only members of one of these groups. What follows
-- from whom is in `group_rule`. A task at its second stage is for an adjudicator.
ALTER TABLE tasks ADD COLUMN closed_to TEXT;
ALTER TABLE tasks ADD COLUMN open_to TEXT;
ALTER TABLE tasks ADD COLUMN group_rule TEXT;
ALTER TABLE tasks ADD COLUMN stage TEXT;

-- Gold items: inputs of a flow with a known answer, given to workers among the others as loops that no program sees.
CREATE TABLE gold_items (
  id TEXT COLLATE "C" PRIMARY KEY,
  flow_definition_id TEXT COLLATE "C" NOT NULL,
  input_content TEXT NOT NULL,
  expected_answer TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT,
  human_loop_id TEXT COLLATE "C",
  version BIGINT NOT NULL
);
CREATE INDEX gold_items_by_flow ON gold_items (flow_definition_id, created_at);

-- How each answer to a gold item was, by the assignment.
CREATE TABLE gold_results (
  id TEXT COLLATE "C" PRIMARY KEY,
  gold_item_id TEXT COLLATE "C" NOT NULL,
  flow_definition_id TEXT COLLATE "C" NOT NULL,
  worker_id TEXT COLLATE "C" NOT NULL,
  score DOUBLE PRECISION NOT NULL,
  is_right BIGINT NOT NULL,
  answered_at BIGINT NOT NULL
);
CREATE INDEX gold_results_by_worker ON gold_results (flow_definition_id, worker_id, answered_at);
CREATE INDEX gold_results_by_item ON gold_results (gold_item_id);

ALTER TABLE human_loops ADD COLUMN gold_item_id TEXT;
-- Of which flows the worker gets no more, and since when gold items count: JSON by the id of the flow definition.
ALTER TABLE workers ADD COLUMN gold_standing TEXT;
