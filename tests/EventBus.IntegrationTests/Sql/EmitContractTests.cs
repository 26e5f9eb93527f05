using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>A typed handler reads every type from the SQL that <c>docs/sql.md</c> gives for it, in both forms of the message.</summary>
public sealed class EmitContractTests(DatabaseFixture fixture) : IAsyncLifetime
{
    // The offset of this zone has seconds before 1937, and ISO 8601 has none.
    private const string Zone = "Europe/Amsterdam";

    private EmitDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await EmitDatabase.CreateAsync(fixture.Server);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory(Timeout = 60_000)]
    [InlineData(
        "numbers", "true, 1::smallint, -2, 9007199254740993, 18446744073709551615, 1.1::real, 0.1::float8",
        "True|1|-2|9007199254740993|18446744073709551615|1.1|0.1")]
    [InlineData("unreal", "{unreal:NaN}, {unreal:Infinity}, {unreal:-Infinity}, {unreal:NaN}", "NaN|NaN|NaN|NaN")]
    [InlineData("unreal", "{unreal:1.5}, {unreal:-0.25}, {unreal:1e300}, {unreal:2}", "1.5|-0.25|1E+300|2")]
    [InlineData(
        "exact", "12345678901234567890.50::numeric::text, 123456789012345678901234567890::text",
        "12345678901234567890.50|123456789012345678901234567890")]
    [InlineData("texts", "'é\"\\'::text, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "é\"\\|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData(
        "instants",
        "'2026-11-30 12:34:56.789012+05:30'::timestamptz AT TIME ZONE 'UTC', '2026-07-01 00:00Z'::timestamptz AT TIME ZONE 'UTC', "
        + "'1900-01-01 00:00Z'::timestamptz AT TIME ZONE 'UTC', '2026-02-03 04:05:06'::timestamp",
        "2026-11-30T07:04:56.7890120Z|2026-07-01T00:00:00.0000000+00:00|1900-01-01T00:00:00.0000000Z|2026-02-03T04:05:06.0000000+00:00")]
    [InlineData("times", "'2026-02-03'::date, '04:05:06.5'::time, '1.02:03:04.5'", "2026-02-03|04:05:06.5000000|1.02:03:04.5000000")]
    [InlineData("enums", "7, 'Green', 'Square'", "Green|Green|Square")]
    [InlineData("lists", "jsonb_build_array(1, 2), to_jsonb(ARRAY['a', 'b'])", "1,2|a,b")]
    [InlineData("objects", "jsonb_build_object('x', 1, 'longY', 2)", "SqlPoint { X = 1, LongY = 2 }")]
    [InlineData(
        "unions", "jsonb_build_object('$type', 'dog', 'name', 'Rex', 'barks', 3), jsonb_build_object('$type', 2, 'name', 'Tom')",
        "SqlDog { Name = Rex, Barks = 3 }|SqlCat { Name = Tom }")]
    [InlineData("nulls", "NULL::int, NULL::text, NULL::jsonb", "null|null|null")]
    public async Task Handler_reads_the_value_of_every_type(string name, string values, string expected)
    {
        await using var bus = await EventBusNode.StartAsync(_database.DataSource, cancellationToken: Cancellation);
        var handler = new Handler();
        await bus.AddHandlerAsync<IValueEvents>(handler, ["r1"], Cancellation);
        await using var connection = await _database.DataSource.OpenConnectionAsync(Cancellation);
        foreach (var filler in (int[])[0, 9000])
        {
            await using var command = new NpgsqlCommand(
                $"SET TimeZone = '{Zone}'; SELECT eventbus.emit('/', '{name}', jsonb_build_array({Expand(values)}, repeat('x', {filler})))",
                connection);
            await command.ExecuteNonQueryAsync(Cancellation);
            Assert.Equal($"{expected}|{filler}", await handler.Read.Reader.ReadAsync(Cancellation));
        }
    }

    // The expression of the page, for a value of float8.
    private static string Expand(string values) => Regex.Replace(
        values,
        "{unreal:(.*?)}",
        "(SELECT CASE WHEN v IN ('NaN', 'Infinity', '-Infinity') THEN NULL ELSE v END FROM (SELECT '$1'::float8) AS _ (v))");

    private sealed class Handler : IValueEvents
    {
        public Channel<string> Read { get; } = Channel.CreateUnbounded<string>();

        public void Numbers(
            bool flag, short small, int number, long large, ulong largest, float single, double real, string filler) =>
            Add(filler, flag, small, number, large, largest, single, real);

        public void Unreal(double nan, double infinity, double negative, float single, string filler) =>
            Add(filler, nan, infinity, negative, single);

        public void Exact(decimal amount, BigInteger integer, string filler) => Add(filler, amount, integer);

        public void Texts(string text, Guid id, string filler) => Add(filler, text, id);

        public void Instants(DateTime instant, DateTimeOffset offset, DateTime old, DateTimeOffset zoneless, string filler) =>
            Add(filler, instant, offset, old, zoneless);

        public void Times(DateOnly date, TimeOnly time, TimeSpan span, string filler) => Add(filler, date, time, span);

        public void Enums(SqlColor byNumber, SqlColor byName, SqlShape shape, string filler) => Add(filler, byNumber, byName, shape);

        public void Lists(int[] numbers, IReadOnlyList<string> texts, string filler) =>
            Add(filler, string.Join(',', numbers), string.Join(',', texts));

        public void Objects(SqlPoint point, string filler) => Add(filler, point);

        public void Unions(SqlAnimal animal, SqlAnimal other, string filler) => Add(filler, animal, other);

        public void Nulls(int? number, string? text, SqlPoint? point, string filler) => Add(filler, number, text, point);

        private void Add(string filler, params object?[] values) =>
            Assert.True(Read.Writer.TryWrite($"{string.Join('|', values.Select(Format))}|{filler.Length}"));

        private static string? Format(object? value) => value switch
        {
            null => "null",
            DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
            TimeSpan or Guid or Enum => value.ToString(),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
    }
}
