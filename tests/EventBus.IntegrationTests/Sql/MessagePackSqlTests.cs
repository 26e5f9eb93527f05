using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBus.IntegrationTests.Transport;
using EventBus.Serialization;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>The SQL writes the bytes that .NET writes for the same JSON, and refuses the numbers that .NET refuses.</summary>
public sealed class MessagePackSqlTests(DatabaseFixture fixture) : IAsyncLifetime
{
    // Returns null for a number without a form, and for no other failure.
    private const string TryPack = """
        CREATE FUNCTION try_pack(root jsonb) RETURNS bytea LANGUAGE plpgsql AS $$
        BEGIN
            RETURN eventbus.message_pack(root);
        EXCEPTION WHEN numeric_value_out_of_range THEN
            IF SQLERRM LIKE 'The number % is no integer of 64 bits, and a double would change its value,%' THEN
                RETURN NULL;
            END IF;
            RAISE;
        END
        $$
        """;

    private EmitDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await EmitDatabase.CreateAsync(fixture.Server);
        await _database.ExecuteAsync(TryPack);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Numbers_have_the_bytes_of_dotnet_or_are_refused_by_both()
    {
        string[] edges =
        [
            "0", "-0", "-0.0", "1.0", "1.50", "2.5e3", "-32", "-33", "-128", "-129", "-32768", "-32769", "-2147483648", "-2147483649",
            "-9223372036854775808", "-9223372036854775809", "127", "128", "255", "256", "65535", "65536", "4294967295", "4294967296",
            "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "18446744073709551617",
            "0.1", "0.10000000000000001", "0.100000000000000005", "0.30000000000000004", "1e308", "1.7976931348623157e308",
            "1.7976931348623158e308", "1e309", "-1e400", "5e-324", "4.9406564584124654e-324", "4.9e-324", "3e-324", "1e-400", "1e23",
            "9.999999999999999e22", "7e22", "9.007199254740993e30", "4.94065645841247e-324", "2.22507385850721e-308",
            "4503599627370497.5", "123456789012345680000", "3.14159265358979323846", "9007199254740993.5", "1e22", "100000000000000000000",
        ];
        var random = new Random(20261130);
        var numbers = edges.Concat(Enumerable.Range(0, 4000).Select(_ => RandomNumber(random))).ToArray();
        var (packed, refused) = await CompareAsync(numbers);
        Assert.True(packed > 2000 && refused > 500, $"{packed} numbers were packed, {refused} were refused.");
    }

    [Fact]
    public async Task Texts_arrays_and_objects_have_the_heads_of_dotnet_at_every_size()
    {
        int[] sizes = [0, 1, 15, 16, 31, 32, 255, 256, 65_535, 65_536, 70_000];
        var values = sizes.SelectMany(static size => (string[])
        [
            $"\"{new string('x', size)}\"",
            $"[{string.Join(',', Enumerable.Range(0, size))}]",
            $"{{{string.Join(',', Enumerable.Range(0, size).Select(static n => $"\"{n}\":null"))}}}",
            $"{{\"{new string('é', size / 2)}{(size % 2 == 0 ? "" : "x")}\":[true,false,[],{{}},\"\\u0001\\\"\\\\\\n😀\"]}}",
        ]).ToArray();
        var (packed, refused) = await CompareAsync(values);
        Assert.Equal((values.Length, 0), (packed, refused));
    }

    [Fact]
    public async Task Random_values_have_the_bytes_of_dotnet()
    {
        var random = new Random(20261201);
        var values = Enumerable.Range(0, 1500).Select(_ => RandomValue(random, depth: 0)).ToArray();
        var (packed, refused) = await CompareAsync(values);
        Assert.True(packed > 1000 && refused > 50, $"{packed} values were packed, {refused} were refused.");
    }

    /// <summary>Compares values of JSON, and counts those that both have packed and those that both have refused.</summary>
    private async Task<(int Packed, int Refused)> CompareAsync(string[] values)
    {
        var (packed, refused) = (0, 0);
        await using var command = _database.DataSource.CreateCommand(
            "SELECT value::jsonb::text, try_pack(value::jsonb) FROM unnest($1) WITH ORDINALITY AS v (value, place) ORDER BY place");
        command.Parameters.Add(new() { Value = values });
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
        {
            var json = reader.GetString(0);
            var actual = await reader.IsDBNullAsync(1, Cancellation) ? null : reader.GetFieldValue<byte[]>(1);
            var expected = Pack(json);
            Assert.True(
                expected is null ? actual is null : actual is not null && expected.AsSpan().SequenceEqual(actual),
                $"{json[..Math.Min(json.Length, 200)]}: {Hex(expected)} in .NET, {Hex(actual)} in SQL.");
            if (actual is null)
                refused++;
            else
                packed++;
        }

        Assert.Equal(values.Length, packed + refused);
        return (packed, refused);
    }

    private static byte[]? Pack(string json)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        try
        {
            default(JsonElementFormatter).Write(ref writer, JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = 128 }));
        }
        catch (EventSerializationException)
        {
            return null;
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Hex(byte[]? bytes) =>
        bytes is null ? "refused" : Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 100)));

    private static string RandomValue(Random random, int depth) => random.Next(depth > 5 ? 5 : 8) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.Next(20) == 0 ? RandomNumber(random) : random.Next().ToString(CultureInfo.InvariantCulture),
        3 or 4 => RandomText(random),
        5 or 6 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(20)).Select(_ => RandomValue(random, depth + 2)))}]",
        _ => $"{{{string.Join(", ", Enumerable.Range(0, random.Next(18))
            .Select(_ => $"{RandomText(random)}:{RandomValue(random, depth + 2)}"))}}}",
    };

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var left = random.Next(40); left > 0; left--)
        {
            // Neither U+0000, which jsonb cannot hold, nor a surrogate.
            text.Append(random.Next(4) switch
            {
                0 => new Rune(random.Next(0x10000, 0x110000)),
                1 => new Rune(random.Next(1, 0xD800)),
                _ => new Rune(random.Next(1, 0x80)),
            });
        }

        return JsonSerializer.Serialize(text.ToString());
    }

    // Doubles in their shortest text, in 17 digits and in 18 digits; and digits of any length with a point anywhere.
    private static string RandomNumber(Random random)
    {
        var value = BitConverter.UInt64BitsToDouble((ulong)random.NextInt64() << 1 | (uint)random.Next(2));
        if (!double.IsFinite(value))
            value = random.NextDouble();
        return random.Next(6) switch
        {
            0 => value.ToString("R", CultureInfo.InvariantCulture),
            1 => value.ToString("E16", CultureInfo.InvariantCulture),
            2 => value.ToString("E17", CultureInfo.InvariantCulture),
            3 => random.NextDouble().ToString("R", CultureInfo.InvariantCulture),
            4 => (random.NextInt64(-1_000_000_000_000, 1_000_000_000_000) / 1000m).ToString(CultureInfo.InvariantCulture),
            _ => $"{random.NextInt64()}{random.Next(10)}{(random.Next(2) == 0 ? "" : $".{random.Next(1000)}")}",
        };
    }
}
