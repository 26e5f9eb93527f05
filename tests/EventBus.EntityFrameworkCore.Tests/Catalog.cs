namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Everything that PostgreSQL knows about a table, as lines of text. PostgreSQL 13 has no compression of columns.</summary>
internal static class Catalog
{
    public static Task<string[]> OfAsync(OwnDatabase database, string table = "socket_io_attachments") => database.RowsAsync($"""
        WITH described AS (SELECT oid FROM pg_class WHERE oid = '{table}'::regclass)
        SELECT concat_ws(' ', 'table', relname, relpersistence, relkind, relreplident, reloptions)
            FROM pg_class JOIN described USING (oid)
        UNION ALL SELECT concat_ws(' ', 'column', attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
                attstorage, to_jsonb(pg_attribute) ->> 'attcompression', attstattarget, pg_get_expr(adbin, adrelid))
            FROM pg_attribute JOIN described ON attrelid = oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attnum > 0 AND NOT attisdropped
        UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisprimary, indisunique, indisvalid)
            FROM pg_index JOIN described ON indrelid = oid
        UNION ALL SELECT concat_ws(' ', 'constraint', conname, pg_get_constraintdef(pg_constraint.oid))
            FROM pg_constraint JOIN described ON conrelid = described.oid
        UNION ALL SELECT concat_ws(' ', 'sequence', relname, format_type(seqtypid, NULL), seqstart, seqincrement, seqmin, seqmax, seqcache,
                seqcycle)
            FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid JOIN pg_depend ON objid = seqrelid
                JOIN described ON refobjid = described.oid
        ORDER BY 1
        """);
}
