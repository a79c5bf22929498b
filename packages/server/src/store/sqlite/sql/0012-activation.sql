-- What activation conditions said about the input of a loop, as JSON; null where none were asked.
ALTER TABLE human_loop_inputs ADD COLUMN activation TEXT;
