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
