using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>The function runs with the privileges of its caller, and with nothing of the caller's search path.</summary>
public sealed class EmitPrivilegeTests(DatabaseFixture fixture)
{
    private const string Attached =
        "SELECT eventbus.emit('/', 'attached', jsonb_build_array(1.5, repeat('x', 9000)), ARRAY['r1'], ARRAY['r2'])";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Emit_needs_the_schema_and_for_attachments_the_table()
    {
        await using var role = await OwnRole.CreateAsync(fixture.Server);
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        await using var source = database.As(fixture.Server, role);
        var login = new NpgsqlConnectionStringBuilder(source.ConnectionString).Username;
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await StateAsync(source, "SELECT eventbus.emit('/', 'e')"));
        await database.ExecuteAsync($"GRANT USAGE ON SCHEMA eventbus TO {login}");
        Assert.Null(await StateAsync(source, "SELECT eventbus.emit('/', 'e')"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await StateAsync(source, Attached));
        await database.ExecuteAsync($"GRANT INSERT (payload), SELECT (id) ON socket_io_attachments TO {login}");
        Assert.Null(await StateAsync(source, Attached));
        await database.ExecuteAsync("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA eventbus FROM PUBLIC");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await StateAsync(source, "SELECT eventbus.emit('/', 'e')"));
    }

    [Fact]
    public async Task Grants_let_a_publisher_emit_both_forms()
    {
        await using var role = await OwnRole.CreateAsync(fixture.Server);
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        await using var source = database.As(fixture.Server, role);
        await database.ExecuteAsync("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA eventbus FROM PUBLIC");
        for (var i = 0; i < 2; i++)
            await database.ExecuteAsync(await GrantsAsync());
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await StateAsync(source, "SELECT eventbus.emit('/', 'e')"));
        await role.GrantAsync(fixture.Server, "eventbus_publisher");
        Assert.Null(await StateAsync(source, "SELECT eventbus.emit('/', 'e')"));
        Assert.Null(await StateAsync(source, Attached));
    }

    [Fact]
    public async Task Grants_give_nothing_in_a_schema_without_the_function()
    {
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        await database.ExecuteAsync($"{EmitFunction.DropSql()}; CREATE FUNCTION eventbus.emit(text) RETURNS void LANGUAGE sql AS ''");
        await database.ExecuteAsync(await GrantsAsync());
        Assert.False(await database.ScalarAsync<bool>("SELECT has_schema_privilege('eventbus_publisher', 'eventbus', 'USAGE')"));
    }

    /// <summary>
    /// The caller finds the attacker's functions, operators, casts and tables first. Each of them would raise an error, or divert the row.
    /// </summary>
    [Fact]
    public async Task Emit_uses_nothing_of_a_hostile_search_path()
    {
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        await using var receiver = await EmitReceiver.StartAsync(database.DataSource);
        await receiver.AddAsync(["r1"]);
        await database.ExecuteAsync(
            $$"""
            CREATE SCHEMA evil;
            CREATE FUNCTION evil.trap() RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE ''hijacked''; END';
            CREATE FUNCTION evil.pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT evil.trap()::void';
            CREATE FUNCTION evil.to_json(text) RETURNS json LANGUAGE sql AS 'SELECT evil.trap()::json';
            CREATE FUNCTION evil.octet_length(text) RETURNS int LANGUAGE sql AS 'SELECT evil.trap()::int';
            CREATE FUNCTION evil.int4send(int) RETURNS bytea LANGUAGE sql AS 'SELECT evil.trap()::bytea';
            CREATE FUNCTION evil.jsonb_typeof(jsonb) RETURNS text LANGUAGE sql AS 'SELECT evil.trap()';
            CREATE FUNCTION evil.concat(text, text) RETURNS text LANGUAGE sql AS 'SELECT evil.trap()';
            CREATE OPERATOR evil.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.concat);
            CREATE FUNCTION evil.same(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT evil.trap()::boolean';
            CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.same);
            CREATE TABLE evil.socket_io_attachments (id bigint DEFAULT 1, payload bytea)
            """);
        await using var connection = await database.DataSource.OpenConnectionAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            CREATE FUNCTION pg_temp.pg_notify(text, text) RETURNS void LANGUAGE sql AS 'SELECT evil.trap()::void';
            CREATE TEMP TABLE socket_io_attachments (id bigint DEFAULT 1, payload bytea);
            CREATE TEMP TABLE pg_proc (oid oid);
            CREATE TYPE pg_temp.jsonb AS ENUM ('hijacked');
            SET search_path = pg_temp, evil, pg_catalog;
            SELECT eventbus.emit('/', 'inline', '[1]', ARRAY['r1']);
            {Attached};
            SELECT (SELECT count(*) FROM pg_temp.socket_io_attachments) + (SELECT count(*) FROM evil.socket_io_attachments)
            """,
            connection);
        await using (var reader = await command.ExecuteReaderAsync(Cancellation))
        {
            while (await reader.NextResultAsync(Cancellation) && reader.GetDataTypeName(0) == "void")
                continue;
            Assert.True(await reader.ReadAsync(Cancellation));
            Assert.Equal(0L, reader.GetInt64(0));
        }

        Assert.Equal(["inline [1]", $"attached [1.5,\"{new string('x', 9000)}\"]"], await EndAsync(receiver));
    }

    /// <summary>Callers and privileges depend on the signatures, so a new version keeps them and their defaults.</summary>
    [Fact]
    public async Task Functions_have_the_signatures_that_an_upgrade_replaces()
    {
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        var signatures = await database.ScalarAsync<string[]>(
            """
            SELECT array_agg(proname || '(' || pg_get_function_arguments(oid) || ') ' || pg_get_function_result(oid) ORDER BY proname)
            FROM pg_proc WHERE pronamespace = 'eventbus'::regnamespace
            """);
        Assert.Equal(
            [
                "emit(namespace text, event text, args jsonb DEFAULT '[]'::jsonb, rooms text[] DEFAULT NULL::text[], except_rooms text[] "
                    + "DEFAULT NULL::text[], volatile boolean DEFAULT false, compress boolean DEFAULT NULL::boolean) void",
                "message_pack(root jsonb) bytea",
            ],
            signatures);
    }

    [Fact]
    public async Task Functions_are_invokers_with_a_fixed_path_and_a_version()
    {
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        Assert.Equal(2L, await database.ScalarAsync<long>(
            """
            SELECT count(*) FROM pg_proc
            WHERE pronamespace = 'eventbus'::regnamespace AND NOT prosecdef AND 'search_path=pg_catalog, pg_temp' = ANY (proconfig)
                AND obj_description(oid, 'pg_proc') LIKE 'EventBus: % Version 1.'
            """));
        await database.ExecuteAsync(EmitFunction.CreateSql());
        await database.ExecuteAsync(EmitFunction.DropSql());
        await database.ExecuteAsync(EmitFunction.DropSql());
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_proc WHERE pronamespace = 'eventbus'::regnamespace"));
    }

    private static Task<string> GrantsAsync() =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "grants.sql"), Cancellation);

    private static async Task<string[]> EndAsync(EmitReceiver receiver)
    {
        await receiver.UntilAsync(static received => received.Count == 2);
        return receiver.Received;
    }

    private static async Task<string?> StateAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        try
        {
            await command.ExecuteNonQueryAsync(Cancellation);
            return null;
        }
        catch (PostgresException exception)
        {
            return exception.SqlState;
        }
    }
}
