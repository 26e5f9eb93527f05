-- Creates two roles with exactly the privileges that EventBus needs: eventbus_node and eventbus_publisher. Neither can log in.
--
-- Run it in the database of the bus, as its owner or as a superuser, when the attachment table exists (AttachmentTable.CreateSql
-- returns the SQL that creates it). Running it again does no harm. Then make your logins members of one of the roles, for example:
--
--     GRANT eventbus_node TO orders;
--
-- These roles cannot create the table, so set EventBusOptions.CreateTable to false. If the function that emits events from SQL exists
-- (EmitFunction.CreateSql returns the SQL that creates it), they can call it. If the journal exists (JournalTables.CreateSql), both can
-- write it, and nodes can read it; its owner must run JournalTables.MaintainSql regularly. If the tables, the schema of the function or the
-- roles have other names in your database, change them in the five lines below.
DO $grants$
DECLARE
    attachments CONSTANT regclass := 'socket_io_attachments';
    emit CONSTANT regprocedure := to_regprocedure('eventbus.emit(text, text, jsonb, text[], text[], boolean, boolean)');
    journal CONSTANT regclass := to_regclass('eventbus_journal');
    node CONSTANT name := 'eventbus_node';
    publisher CONSTANT name := 'eventbus_publisher';
    grantee name;
    sequence text;
    functions text;
    journals text;
    stem name;
BEGIN
    -- A table that a Socket.IO server has created has a sequence with privileges of its own. An identity column has none.
    SELECT pg_get_serial_sequence(attachments::text, 'id') INTO sequence
    FROM pg_attribute WHERE attrelid = attachments AND attname = 'id' AND attidentity = '';

    SELECT pronamespace::regnamespace INTO functions FROM pg_proc WHERE oid = emit;

    FOREACH grantee IN ARRAY ARRAY[node, publisher] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = grantee) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', grantee);
        END IF;
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), grantee);
        EXECUTE format(
            'GRANT USAGE ON SCHEMA %s TO %I', (SELECT relnamespace::regnamespace FROM pg_class WHERE oid = attachments), grantee);
        IF functions IS NOT NULL THEN
            EXECUTE format('GRANT USAGE ON SCHEMA %s TO %I', functions, grantee);
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s, %s.message_pack(jsonb) TO %I', emit, functions, grantee);
        END IF;
        IF sequence IS NOT NULL THEN
            EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %I', sequence, grantee);
        END IF;
    END LOOP;

    EXECUTE format('GRANT INSERT (payload), SELECT, DELETE ON %s TO %I', attachments, node);
    EXECUTE format('GRANT INSERT (payload), SELECT (id) ON %s TO %I', attachments, publisher);

    -- The tables beside the journal have its name and a suffix. Its partitions need no privileges: all statements name the journal.
    IF journal IS NOT NULL THEN
        SELECT relnamespace::regnamespace INTO journals FROM pg_class WHERE oid = journal;
        EXECUTE format('GRANT USAGE ON SCHEMA %s TO %I, %I', journals, node, publisher);
        EXECUTE format('GRANT INSERT ON %s TO %I, %I', journal, node, publisher);
        EXECUTE format('GRANT SELECT ON %s TO %I', journal, node);
        EXECUTE format('GRANT SELECT ON SEQUENCE %s TO %I', pg_get_serial_sequence(journal::text, 'id'), node);
        SELECT relname INTO stem FROM pg_class WHERE oid = journal;
        EXECUTE format('GRANT SELECT ON %s.%I TO %I, %I', journals, stem || '_state', node, publisher);
        EXECUTE format('GRANT SELECT ON %1$s.%2$I, %1$s.%3$I TO %4$I', journals, stem || '_drops', stem || '_events', node);
        IF to_regclass(format('%s.%I', journals, stem || '_groups')) IS NOT NULL THEN -- for durable handlers
            EXECUTE format('GRANT SELECT, INSERT, DELETE ON %1$s.%2$I, %1$s.%3$I TO %4$I',
                journals, stem || '_groups', stem || '_members', node);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s.%I TO %I', journals, stem || '_cursors', node);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s.%I TO %I', journals, stem || '_dead_letters', node);
        END IF;
    END IF;
END
$grants$;

-- PostgreSQL has no privilege for channels: every role that can connect can read and send inline events. So let only members connect:
--
--     REVOKE CONNECT ON DATABASE your_database FROM PUBLIC;
