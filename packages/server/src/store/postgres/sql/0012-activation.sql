-- oldest program: 2
-- What activation conditions said about the input of a loop, as JSON; null where none were asked. An older program that runs
-- beside asks none, and sends every loop to people.
ALTER TABLE human_loop_inputs ADD COLUMN activation TEXT;
