-- oldest program: 1
-- Event targets are webhooks, and buses, topics and queues of AWS's services. An older program that still runs beside takes
-- the address of such a target for a webhook's: what it sends there fails, and is tried again or kept.
ALTER TABLE event_targets ADD COLUMN service TEXT COLLATE "C" NOT NULL DEFAULT 'webhook';
ALTER TABLE event_targets ADD COLUMN endpoint TEXT;
ALTER TABLE event_targets ADD COLUMN region TEXT;
ALTER TABLE event_targets ADD COLUMN source TEXT;

-- Deliveries of one target with the same key are sent one after the other.
ALTER TABLE event_deliveries ADD COLUMN order_key TEXT COLLATE "C";
CREATE INDEX event_deliveries_in_order ON event_deliveries (event_target_id, order_key, created_at, id)
  WHERE order_key IS NOT NULL AND failed_at IS NULL;
