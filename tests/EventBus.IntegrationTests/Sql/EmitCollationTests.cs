using EventBus.IntegrationTests.Transport;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>Names are compared by their bytes, whatever the collation of the argument is.</summary>
public sealed class EmitCollationTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private EmitDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await EmitDatabase.CreateAsync(fixture.Server);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Emit_compares_names_by_their_bytes()
    {
        Assert.SkipUnless(
            await _database.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i')"),
            "PostgreSQL has no ICU.");
        await using var receiver = await EmitReceiver.StartAsync(_database.DataSource);
        await receiver.AddAsync([]);
        await _database.ExecuteAsync("CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");

        // For this collation they are equal to a reserved name, to the empty text, and to '/'.
        await _database.EmitAsync("'/', 'CONNECT' COLLATE loose");
        await _database.EmitAsync("'/', U&'\\0001' COLLATE loose");
        Assert.Equal("22023", (await _database.RejectAsync("'／' COLLATE loose, 'e'")).SqlState);
        Assert.Equal(["CONNECT []", "\u0001 []"], await receiver.EndAsync());
    }
}
