namespace EventBus.Transport.Sql;

/// <summary>
/// What must be true of a database before the function that emits is created in it: its encoding, its attachment table, and that no other
/// role can replace the function.
/// </summary>
/// <remarks>
/// The function runs with the privileges of its callers. So the owner of the schema, or of an older function with the same name, could
/// have other code executed by each of them. <c>CREATE OR REPLACE</c> keeps the owner of a function.
/// </remarks>
internal static class EmitPreconditionsSql
{
    /// <summary>Raises an error if the database cannot store all text. The function itself checks it too: a dump can be restored.</summary>
    public const string RequireUtf8 = """
        IF getdatabaseencoding() <> 'UTF8' THEN
            RAISE 'The encoding of the database is %, which cannot store all text.', getdatabaseencoding()
                USING ERRCODE = 'feature_not_supported', HINT = 'Use a database with ENCODING ''UTF8''.';
        END IF;
        """;

    // A superuser is a member of every role, so only the superuser's own objects count.
    private const string IsOwn = "owner = me.oid OR (NOT me.rolsuper AND pg_has_role(me.oid, owner, 'USAGE'))";

    private const string RequireOwnSchema = $"""
        SELECT owner::regrole INTO other
        FROM (SELECT nspowner AS owner FROM pg_namespace WHERE oid = namespace) AS existing
        WHERE NOT ({IsOwn});
        IF FOUND THEN
            RAISE 'The owner of the schema % is %, not %.', namespace, other, current_user
                USING ERRCODE = 'insufficient_privilege', HINT = format(
                    'Run the statements as that owner if you trust the role, use a schema of your own, or ALTER SCHEMA %s OWNER TO %I.',
                    namespace, current_user);
        END IF;
        """;

    private const string RequireOwnFunctions = $"""
        SELECT oid::regprocedure, owner::regrole INTO function, other
        FROM (SELECT oid, proowner AS owner FROM pg_proc WHERE pronamespace = namespace AND proname IN ('emit', 'message_pack')) AS existing
        WHERE NOT ({IsOwn})
        LIMIT 1;
        IF FOUND THEN
            RAISE 'The owner of the function % is %, not %.', function, other, current_user
                USING ERRCODE = 'insufficient_privilege',
                    HINT = format('Run the statements as that owner if you trust the role, or remove it: DROP FUNCTION %s.', function);
        END IF;
        """;

    private const string RequireClosedSchema = """
        IF EXISTS (
            SELECT FROM pg_namespace CROSS JOIN LATERAL aclexplode(nspacl) AS privilege
            WHERE pg_namespace.oid = namespace AND privilege.grantee = 0 AND privilege.privilege_type = 'CREATE'
        ) THEN
            RAISE 'Every role can create functions in the schema %.', namespace
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    HINT = format('Use a schema for EventBus alone, or REVOKE CREATE ON SCHEMA %s FROM PUBLIC.', namespace);
        END IF;
        """;

    /// <summary>The body of a block that checks the database, and creates the schema if it is missing.</summary>
    /// <param name="schema">The quoted schema of the function.</param>
    /// <param name="table">The quoted attachment table with its schema.</param>
    /// <param name="unqualified">The quoted name that sessions look up by their search path, or null if the option has a schema.</param>
    public static string Body(string schema, string table, string? unqualified) => $"""
        DECLARE
            attachments CONSTANT regclass := to_regclass({SqlText.Quote(table)});
            visible CONSTANT regclass := to_regclass({SqlText.Quote(unqualified ?? table)});
            me record;
            namespace regnamespace := to_regnamespace({SqlText.Quote(schema)});
            function regprocedure;
            other regrole;
        BEGIN
            {SqlText.Indent(RequireUtf8, 4)}
            IF attachments IS NULL THEN
                RAISE 'There is no attachment table %.', {SqlText.Quote(table)} USING ERRCODE = 'undefined_table',
                    HINT = 'Create it with the SQL of AttachmentTable.CreateSql, or set EventBusOptions.TableName to schema.table.';
            END IF;
            IF (SELECT relkind FROM pg_class WHERE oid = attachments) NOT IN ('r', 'p') THEN
                RAISE 'The relation % is not a table.', attachments USING ERRCODE = 'wrong_object_type',
                    HINT = 'Set EventBusOptions.TableName to a table that the SQL of AttachmentTable.CreateSql has created.';
            END IF;
            IF visible <> attachments THEN
                RAISE 'The function would write to %, but the search path finds %.', {SqlText.Quote(table)},
                        (SELECT format('%s.%I', relnamespace::regnamespace, relname) FROM pg_class WHERE oid = visible)
                    USING ERRCODE = 'object_not_in_prerequisite_state',
                    HINT = 'Set EventBusOptions.TableName to schema.table, for the nodes too.';
            END IF;
            IF namespace IS NULL THEN
                CREATE SCHEMA {schema};
                namespace := to_regnamespace({SqlText.Quote(schema)});
            END IF;

            SELECT oid, rolsuper INTO STRICT me FROM pg_roles WHERE rolname = current_user;
            {SqlText.Indent(RequireOwnSchema, 4)}
            {SqlText.Indent(RequireClosedSchema, 4)}
            {SqlText.Indent(RequireOwnFunctions, 4)}
        END
        """;
}
