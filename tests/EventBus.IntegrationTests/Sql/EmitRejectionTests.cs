using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using EventBus.Transport.Sql;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>Arguments that <c>emit</c> rejects, and arguments that must not be more than text.</summary>
public sealed class EmitRejectionTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private const string Hostile = """'); DROP TABLE socket_io_attachments; --"\ $emit$ %s %I ${x} {"rooms":[]} ]}}""";

    private EmitDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await EmitDatabase.CreateAsync(fixture.Server);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("NULL, 'e'", "22023", "The bus namespace NULL does not begin with '/'.")]
    [InlineData("'', 'e'", "22023", "The bus namespace '' does not begin with '/'.")]
    [InlineData("'news', 'e'", "22023", "The bus namespace 'news' does not begin with '/'.")]
    [InlineData("'/' || repeat('é', 26) || 'x', 'e'", "22023", "has 64 bytes, but PostgreSQL allows 63.")]
    [InlineData("'/' || repeat('é', 27), 'e'", "22023", "has 65 bytes, but PostgreSQL allows 63.")]
    [InlineData("'/', NULL", "22023", "The event has no name.")]
    [InlineData("'/', ''", "22023", "The event has no name.")]
    [InlineData("'/', 'e', NULL", "22023", "The arguments are null, not an array.")]
    [InlineData("'/', 'e', '{}'", "22023", "The arguments are of the JSON type object, not an array.")]
    [InlineData("'/', 'e', '[1e400]'", "22003", "A number in the arguments is not within the range of a double.")]
    [InlineData("'/', 'e', '[{\"a\":[-1e400]}]'", "22003", "A number in the arguments is not within the range of a double.")]
    [InlineData("'/', 'e', rooms => '{}'", "22023", "The list rooms is empty.")]
    [InlineData("'/', 'e', rooms => ARRAY['r1', NULL]", "22023", "The list rooms contains NULL or another list.")]
    [InlineData("'/', 'e', rooms => ARRAY[['r1'], ['r2']]", "22023", "The list rooms contains NULL or another list.")]
    [InlineData("'/', 'e', except_rooms => '{}'", "22023", "The list except_rooms is empty.")]
    [InlineData("'/', 'e', except_rooms => ARRAY[NULL]::text[]", "22023", "The list except_rooms contains NULL or another list.")]
    public async Task Emit_rejects_arguments_with_the_reason(string call, string state, string message)
    {
        var rejection = await _database.RejectAsync(call);
        Assert.Equal(state, rejection.SqlState);
        Assert.Contains(message, rejection.MessageText, StringComparison.Ordinal);
        Assert.NotEmpty(rejection.Hint!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9000)]
    public async Task Emit_reaches_a_channel_of_exactly_63_bytes(int size)
    {
        var nsp = $"/{new string('é', 26)}";
        Assert.Equal(63, System.Text.Encoding.UTF8.GetByteCount($"socket.io#{nsp}"));
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([], nsp);
        await _database.EmitAsync($"'{nsp}', 'e', jsonb_build_array(repeat('x', {size}))");
        Assert.Equal([$"e [\"{new string('x', size)}\"]"], await receiver.EndAsync(nsp));
    }

    [Fact]
    public async Task Emit_rejects_every_name_that_Socket_IO_reserves()
    {
        foreach (var name in ReservedEventNames.Emit)
            Assert.Equal("42939", (await _database.RejectAsync($"'/', '{name}'")).SqlState);
        Assert.NotEmpty(ReservedEventNames.Emit);
    }

    [Theory]
    [InlineData(1, 125)]
    [InlineData(9000, 125)]
    public async Task Emit_accepts_the_depth_that_a_node_reads_and_no_more(int size, int depth)
    {
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([]);
        Task Emit(int levels) => _database.EmitAsync(
            $"'/', 'deep', (repeat('[', {levels}) || '\"' || repeat('x', {size}) || '\"' || repeat(']', {levels}))::jsonb");
        await Emit(depth);
        Assert.Equal("54000", (await Assert.ThrowsAsync<PostgresException>(() => Emit(depth + 1))).SqlState);
        Assert.Single(await receiver.EndAsync());
        Assert.Equal(0, receiver.Bus.Statistics.Lost);
    }

    [Fact]
    public async Task Emit_refuses_to_round_a_number_in_an_attachment_only()
    {
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([]);
        await _database.EmitAsync("'/', 'inline', '[18446744073709551616]'");
        var rejection = await _database.RejectAsync("'/', 'attached', jsonb_build_array(18446744073709551617, repeat('x', 9000))");
        Assert.Equal("22003", rejection.SqlState);
        Assert.StartsWith("The number 18446744073709551617 is no integer of 64 bits", rejection.MessageText, StringComparison.Ordinal);
        Assert.Single(await receiver.EndAsync());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(9000)]
    public async Task Emit_takes_hostile_text_in_every_argument_as_text(int size)
    {
        var nsp = "/" + Hostile[..30];
        var room = Hostile;
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([room], nsp);
        await receiver.AddAsync([room, "not"], nsp, "excluded:");
        await _database.ScalarAsync<object>(
            "SELECT eventbus.emit($1, $2, jsonb_build_array($3::text, repeat('x', $4)), ARRAY[$5], ARRAY[$6, 'not'])",
            nsp, Hostile, Hostile, size, room, $"{Hostile}2");
        var received = Assert.Single((await receiver.EndAsync(nsp)).Distinct());
        Assert.StartsWith($"{Hostile} [", received, StringComparison.Ordinal);
        Assert.Equal(size > 8000 ? 1L : 0L, await _database.ScalarAsync<long>("SELECT count(*) FROM socket_io_attachments"));
    }

    [Fact]
    public async Task CreateSql_takes_hostile_names_as_names()
    {
        // A line break must not be indented, and a dollar quote must not end the body.
        const string Ending = "\n\"'\\$emit$%s\n ;";
        const string Schema = "s\n\"'\\$emit$$emit1$%s";
        var options = new EventBusOptions { ChannelPrefix = $"p{Ending}", TableName = $"a{Ending}.t{Ending}" };
        await _database.ExecuteAsync($"CREATE SCHEMA {SqlIdentifier.Quote($"a{Ending}")}");
        await _database.ExecuteAsync(AttachmentTable.CreateSql(options.TableName));
        for (var i = 0; i < 2; i++)
            await _database.ExecuteAsync(EmitFunction.CreateSql(options, Schema));
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource, options);
        await receiver.AddAsync([]);
        await _database.ExecuteAsync($"SELECT {SqlIdentifier.Quote(Schema)}.emit('/', 'e', jsonb_build_array(repeat('x', 9000)))");
        await receiver.UntilAsync(static received => received.Count == 1);
        await _database.ExecuteAsync(EmitFunction.DropSql(Schema));
        Assert.Equal(2L, await _database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_proc WHERE pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname NOT IN ('pg_catalog', "
            + "'information_schema'))"));
    }

    [Theory]
    [InlineData("a\0b", "t", 8000)]
    [InlineData("p", "", 8000)]
    [InlineData("p", "t", 9000)]
    public void CreateSql_rejects_options_that_are_not_valid(string prefix, string table, int threshold)
    {
        var options = new EventBusOptions { ChannelPrefix = prefix, TableName = table, PayloadThreshold = threshold };
        Assert.Throws<OptionsValidationException>(() => EmitFunction.CreateSql(options));
    }

    [Theory]
    [InlineData("", "t")]
    [InlineData("ääääääääääääääääääääääääääääääää", "t")]
    [InlineData("s", "a.")]
    [InlineData("s", "a\0.t")]
    public void CreateSql_rejects_names_that_are_not_valid(string schema, string table) =>
        Assert.Throws<ArgumentException>(() => EmitFunction.CreateSql(new() { TableName = table }, schema));

    [Fact]
    public async Task CreateSql_needs_the_table_and_a_database_in_utf8()
    {
        var options = new EventBusOptions { TableName = "missing" };
        var rejection = await Assert.ThrowsAsync<PostgresException>(() => _database.ExecuteAsync(EmitFunction.CreateSql(options)));
        Assert.Equal(PostgresErrorCodes.UndefinedTable, rejection.SqlState);
        Assert.Contains("\"public\".\"missing\"", rejection.MessageText, StringComparison.Ordinal);

        await using var latin = await OwnDatabase.CreateAsync(fixture.Server, "LATIN1");
        await latin.ExecuteInsideAsync(AttachmentTable.CreateSql());
        var sql = EmitFunction.CreateSql();
        rejection = await Assert.ThrowsAsync<PostgresException>(() => latin.ExecuteInsideAsync(sql));
        Assert.Equal(PostgresErrorCodes.FeatureNotSupported, rejection.SqlState);

        // A restored dump has the function without the check.
        await latin.ExecuteInsideAsync($"CREATE SCHEMA eventbus; {sql[sql.IndexOf("CREATE OR REPLACE", StringComparison.Ordinal)..]}");
        rejection = await Assert.ThrowsAsync<PostgresException>(() => latin.ExecuteInsideAsync("SELECT eventbus.emit('/', 'e')"));
        Assert.Equal(PostgresErrorCodes.FeatureNotSupported, rejection.SqlState);
        Assert.Contains("LATIN1", rejection.MessageText, StringComparison.Ordinal);
    }
}
