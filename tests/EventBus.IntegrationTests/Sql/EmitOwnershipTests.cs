using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>
/// The function is created only if no other role can replace it, and only for the table that the nodes find. The owner of the schema or of
/// a function could have other code executed by all callers.
/// </summary>
public sealed class EmitOwnershipTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private OwnRole _role = null!;
    private EmitDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Login => new NpgsqlConnectionStringBuilder(_role.DataSource.ConnectionString).Username!;

    public async ValueTask InitializeAsync()
    {
        _role = await OwnRole.CreateAsync(fixture.Server);
        _database = await EmitDatabase.CreateAsync(fixture.Server);
    }

    // The role can be removed if the database that holds its objects is gone.
    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _role.DisposeAsync();
    }

    [Fact]
    public async Task CreateSql_refuses_the_schema_of_another_role()
    {
        await _database.ExecuteAsync($"CREATE SCHEMA theirs AUTHORIZATION {Login}");
        var rejection = await RejectAsync(schema: "theirs");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, rejection.SqlState);
        Assert.Contains($"theirs is {Login}", rejection.MessageText, StringComparison.Ordinal);
        Assert.Contains("ALTER SCHEMA", rejection.Hint, StringComparison.Ordinal);
        Assert.Equal(0L, await _database.ScalarAsync<long>("SELECT count(*) FROM pg_proc WHERE pronamespace = 'theirs'::regnamespace"));
    }

    [Theory]
    [InlineData("emit(text, text, jsonb, text[], text[], boolean, boolean)")]
    [InlineData("emit(text, text)")]
    [InlineData("message_pack(jsonb)")]
    public async Task CreateSql_refuses_to_keep_a_function_of_another_role(string function)
    {
        var result = function == "message_pack(jsonb)" ? "bytea LANGUAGE sql AS 'SELECT ''x''::bytea'" : "void LANGUAGE sql AS ''";
        await _database.ExecuteAsync(
            $"CREATE SCHEMA mine; CREATE FUNCTION mine.{function} RETURNS {result}; ALTER FUNCTION mine.{function} OWNER TO {Login}");
        var rejection = await RejectAsync(schema: "mine");
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, rejection.SqlState);
        Assert.Contains($"is {Login}", rejection.MessageText, StringComparison.Ordinal);
        Assert.Contains("DROP FUNCTION", rejection.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateSql_refuses_a_schema_in_which_every_role_can_create()
    {
        await _database.ExecuteAsync("CREATE SCHEMA open; GRANT CREATE ON SCHEMA open TO PUBLIC");
        var rejection = await RejectAsync(schema: "open");
        Assert.Equal(PostgresErrorCodes.ObjectNotInPrerequisiteState, rejection.SqlState);
        Assert.Contains("REVOKE CREATE ON SCHEMA open FROM PUBLIC", rejection.Hint, StringComparison.Ordinal);
        await _database.ExecuteAsync($"REVOKE CREATE ON SCHEMA open FROM PUBLIC; {EmitFunction.CreateSql(schema: "open")}");
    }

    [Fact]
    public async Task CreateSql_accepts_the_schema_of_a_role_that_the_migration_is_a_member_of()
    {
        await using var owner = await OwnRole.CreateAsync(fixture.Server);
        var group = new NpgsqlConnectionStringBuilder(owner.DataSource.ConnectionString).Username;
        await _role.GrantAsync(fixture.Server, group!);
        await _database.ExecuteAsync($"CREATE SCHEMA ours AUTHORIZATION {group}");
        await using (var source = _database.As(fixture.Server, _role))
        {
            for (var i = 0; i < 2; i++)
            {
                await using var command = source.CreateCommand(EmitFunction.CreateSql(schema: "ours"));
                await command.ExecuteNonQueryAsync(Cancellation);
            }
        }

        // A superuser is a member of every role, so membership says nothing about its trust.
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await RejectAsync(schema: "ours")).SqlState);
        await _database.ExecuteAsync($"DROP OWNED BY {Login}, {group}");
    }

    [Theory]
    [InlineData("VIEW others AS SELECT 1::bigint AS id, ''::bytea AS payload")]
    [InlineData("MATERIALIZED VIEW others AS SELECT 1::bigint AS id, ''::bytea AS payload")]
    [InlineData("SEQUENCE others")]
    public async Task CreateSql_refuses_an_attachment_table_that_is_no_table(string relation)
    {
        await _database.ExecuteAsync($"CREATE {relation}");
        var rejection = await RejectAsync(new() { TableName = "others" });
        Assert.Equal(PostgresErrorCodes.WrongObjectType, rejection.SqlState);
        Assert.NotEmpty(rejection.Hint!);
    }

    [Fact]
    public async Task CreateSql_accepts_a_partitioned_table()
    {
        await _database.ExecuteAsync("CREATE TABLE parts (id bigint, payload bytea) PARTITION BY RANGE (id)");
        await _database.ExecuteAsync(EmitFunction.CreateSql(new() { TableName = "parts" }));
    }

    [Fact]
    public async Task CreateSql_refuses_a_table_without_schema_that_is_another_one_in_the_search_path()
    {
        await _database.ExecuteAsync("CREATE SCHEMA app; CREATE TABLE app.socket_io_attachments (LIKE socket_io_attachments)");
        var rejection = await Assert.ThrowsAsync<PostgresException>(
            () => _database.ExecuteAsync($"SET search_path = app, public; {EmitFunction.CreateSql()}"));
        Assert.Equal(PostgresErrorCodes.ObjectNotInPrerequisiteState, rejection.SqlState);
        Assert.Contains("app.socket_io_attachments", rejection.MessageText, StringComparison.Ordinal);
        Assert.Contains("EventBusOptions.TableName", rejection.Hint, StringComparison.Ordinal);

        var qualified = EmitFunction.CreateSql(new() { TableName = "app.socket_io_attachments" });
        await _database.ExecuteAsync($"SET search_path = app, public; {qualified}");
        await _database.ExecuteAsync($"SET search_path = public, app; {EmitFunction.CreateSql()}");
    }

    private Task<PostgresException> RejectAsync(EventBusOptions? options = null, string schema = "eventbus") =>
        Assert.ThrowsAsync<PostgresException>(() => _database.ExecuteAsync(EmitFunction.CreateSql(options, schema)));
}
