CREATE TABLE IF NOT EXISTS orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    total numeric NOT NULL
);

-- The arguments of IOrderEvents.Placed(Guid id, decimal total), in their order. A decimal travels as text.
CREATE OR REPLACE FUNCTION announce_order() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM eventbus.emit('/', 'placed', jsonb_build_array(NEW.id, NEW.total::text), ARRAY['orders']);
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS announce_order ON orders;
CREATE TRIGGER announce_order AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION announce_order();
