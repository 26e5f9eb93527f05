using System.Text.RegularExpressions;

namespace EventBus.PackageTests;

/// <summary>Payloads that other generators and serializers shape, with their packages, at strict settings.</summary>
public sealed partial class PayloadTests(PackedFixture packed)
{
    // Each payload loses its state in another way.
    private const string Lossy = """
        using System.Runtime.CompilerServices;
        using CommunityToolkit.Mvvm.ComponentModel;
        using EventBus;

        namespace Shop;

        [BroadcastEvent]
        public interface ITagEvents
        {
            ValueTask Tagged(Tags tags);
        }

        [BroadcastEvent]
        public interface IStockEvents
        {
            ValueTask Counted(Library.Stock stock);
        }

        [BroadcastEvent]
        public interface IPeopleEvents
        {
            ValueTask Joined(Person person);
        }

        [BroadcastEvent]
        public interface IBlockEvents
        {
            ValueTask Stored(Block block);
        }

        public sealed class Tags
        {
            private readonly Dictionary<string, string> _values = [];

            public void Set(string key, string value) => _values[key] = value;
        }

        public sealed partial class Person : ObservableObject
        {
            [ObservableProperty]
            private string _name = "";

            public int Id { get; set; }
        }

        [InlineArray(4)]
        public struct Block
        {
            private int _first;
        }
        """;

    private const string Whole = """
        using System.Text.Json.Serialization;
        using CommunityToolkit.Mvvm.ComponentModel;
        using EventBus;

        [assembly: EventBus.Formatter(typeof(Library.Stock), typeof(Shop.StockFormatter))]

        namespace Shop;

        [BroadcastEvent]
        public interface ITagEvents
        {
            ValueTask Tagged(Tags tags, Library.Stock stock, Person person, Beat beat);
        }

        public sealed class Tags
        {
            [JsonInclude]
            private Dictionary<string, string> Values { get; set; } = [];

            public void Set(string key, string value) => Values[key] = value;
        }

        // The declaration is here; the toolkit implements the property.
        public sealed partial class Person : ObservableObject
        {
            [ObservableProperty]
            public partial string Name { get; set; }
        }

        [EmptyPayload]
        public sealed record Beat;

        internal readonly struct StockFormatter : EventBus.Serialization.IFormatter<Library.Stock>
        {
            public void Write<TWriter>(ref TWriter writer, in Library.Stock value)
                where TWriter : EventBus.Serialization.IValueWriter, allows ref struct => writer.WriteInteger(value.Total());

            public Library.Stock Read<TReader>(ref TReader reader)
                where TReader : EventBus.Serialization.IValueReader, allows ref struct => Library.Stock.Of((int)reader.ReadInt64());
        }
        """;

    private const string Followed = """
        using System.Collections.ObjectModel;
        using System.Numerics;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Xml.Serialization;
        using EventBus;

        namespace Shop;

        [BroadcastEvent]
        public interface IOrderEvents
        {
            ValueTask Placed(Account account);
            ValueTask Shown(Numbers numbers);
        }

        [ProtoBuf.ProtoContract(ImplicitFields = ProtoBuf.ImplicitFields.AllPublic)]
        public sealed class Account
        {
            [Newtonsoft.Json.JsonProperty("no")] public int Number { get; set; }
            [Newtonsoft.Json.JsonIgnore] public string Hidden1 { get; set; } = "secret";
            [XmlIgnore] public string Hidden2 { get; set; } = "secret";
            [field: NonSerialized] public string Hidden3 { get; set; } = "secret";
            [MessagePack.IgnoreMember] public string Hidden4 { get; set; } = "secret";
            [ProtoBuf.ProtoIgnore] public string Hidden5 { get; set; } = "secret";
            [YamlDotNet.Serialization.YamlIgnore] public string Hidden6 { get; set; } = "secret";
            [MemoryPack.MemoryPackIgnore] public string Hidden7 { get; set; } = "secret";
            [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public long Balance { get; set; }
            public Collection<string> Owners { get; } = [];
        }

        public sealed record Numbers(
            double Zero,
            JsonElement Price,
            Vector2 At,
            OrderedDictionary<DateOnly, int> Days,
            ReadOnlySet<OrderId> Orders,
            Dictionary<OrderId, int> Counts);

        [SingleValue]
        public readonly record struct OrderId(int Value);
        """;

    private const string FollowedProgram = """
        using System.Text.Json;
        using EventBus;
        using EventBus.Hosting;
        using Shop;

        var cluster = new InMemoryCluster();
        await using var bus = await EventBusNode.StartAsync(cluster);
        await using var publisher = EventBusPublisher.Create(cluster);
        var handler = new OrderHandler();
        await bus.AddHandlerAsync<IOrderEvents>(handler);
        await using var socket = await bus.Of().ConnectAsync(new SocketOptions(), socket => socket.OnAny(handler.Log));

        await publisher.Emitter<IOrderEvents>().Placed(new Account { Number = 7, Balance = long.MaxValue, Owners = { "ann", "bob" } });
        Console.WriteLine(await handler.NextLineAsync());
        Console.WriteLine(await handler.NextAsync());

        await publisher.Emitter<IOrderEvents>().Shown(new Numbers(
            -0.0,
            JsonElement.Parse("2.50"),
            new(1.5f, -2),
            new() { [new DateOnly(2026, 11, 22)] = 1, [new DateOnly(2026, 11, 21)] = 2 },
            new(new HashSet<OrderId> { new(3) }),
            new() { [new(4)] = 5 }));
        Console.WriteLine(await handler.NextLineAsync());
        Console.WriteLine(await handler.NextAsync());
        """;

    private const string FollowedHandler = """
        using System.Globalization;
        using System.Threading.Channels;
        using EventBus;

        namespace Shop;

        internal sealed class OrderHandler : IOrderEvents
        {
            private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

            private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

            public ValueTask<string> NextAsync() => _events.Reader.ReadAsync();

            public ValueTask<string> NextLineAsync() => _lines.Reader.ReadAsync();

            public ValueTask Log(string name, IReadOnlyList<EventValue> arguments) => _lines.Writer.WriteAsync($"{name} {arguments[0]}");

            public ValueTask Placed(Account account) => _events.Writer.WriteAsync(
                $"{account.Number} {account.Balance} {string.Join("+", account.Owners)}");

            public ValueTask Shown(Numbers numbers) => _events.Writer.WriteAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{double.IsNegative(numbers.Zero)} {numbers.Price.GetRawText()} {string.Join("+", numbers.Days.Values)} "
                    + $"{numbers.Orders.Count} {numbers.Counts[new(4)]}"));
        }
        """;

    [Fact]
    public async Task Payloads_that_would_lose_their_state_are_the_only_errors()
    {
        using var project = CreateWithLibrary();
        project.AddPackage("CommunityToolkit.Mvvm", "8.4.2");
        project.Write("IOrderEvents.cs", Lossy);
        project.Write("OrderHandler.cs", "");
        project.Write("Program.cs", "Console.WriteLine();");

        var build = await project.BuildAsync("TreatWarningsAsErrors=true");

        Assert.Equal(1, build.ExitCode);
        Assert.Equal(
            ["EVB1002 'block'", "EVB1018 'stock'", "EVB1018 'tags'", "EVB1019 'person'"], Errors(build.Output));
    }

    [Fact]
    public async Task Remedies_for_payloads_that_would_lose_their_state_build()
    {
        using var project = CreateWithLibrary();
        project.AddPackage("CommunityToolkit.Mvvm", "8.4.2");
        project.Write("IOrderEvents.cs", Whole);
        project.Write("OrderHandler.cs", "");
        project.Write("Program.cs", "Console.WriteLine();");

        var build = await project.BuildAsync("TreatWarningsAsErrors=true", "LangVersion=14");

        Assert.Contains("0 Warning(s)", build.Succeeded(), StringComparison.Ordinal);
    }

    // An untyped value, as in the lines with the name of an event, has no negative zero.
    [Fact]
    public async Task Attributes_of_serializers_decide_about_the_wire()
    {
        using var project = ConsumerProject.Create(packed);
        project.AddPackage("Newtonsoft.Json", "13.0.4");
        project.AddPackage("MessagePack.Annotations", "2.5.307");
        project.AddPackage("MemoryPack.Core", "1.21.4");
        project.AddPackage("protobuf-net.Core", "3.4.40");
        project.AddPackage("YamlDotNet", "18.1.0");
        project.Write("IOrderEvents.cs", Followed);
        project.Write("OrderHandler.cs", FollowedHandler);
        project.Write("Program.cs", FollowedProgram);

        var build = await project.BuildAsync("TreatWarningsAsErrors=true", "AnalysisLevel=latest-recommended");

        Assert.Contains("0 Warning(s)", build.Succeeded(), StringComparison.Ordinal);
        Assert.Equal(
            """
            placed {"no":7,"balance":"9223372036854775807","owners":["ann","bob"]}
            7 9223372036854775807 ann+bob
            shown {"zero":0,"price":2.5,"at":{"x":1.5,"y":-2},"days":{"2026-11-22":1,"2026-11-21":2},"orders":[3],"counts":{"4":5}}
            True 2.50 1+2 1 5
            """,
            (await project.RunAsync("bin/Debug/net10.0/Consumer.dll")).Succeeded().Trim(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Attribute_without_effect_fails_a_strict_build()
    {
        using var project = ConsumerProject.Create(packed);
        project.AddPackage("Newtonsoft.Json", "13.0.4");
        project.Replace(
            "IOrderEvents.cs",
            "decimal Total",
            "[property: Newtonsoft.Json.JsonConverter(typeof(Newtonsoft.Json.Converters.VersionConverter))] decimal Total");

        var build = await project.BuildAsync("TreatWarningsAsErrors=true");

        Assert.Equal(1, build.ExitCode);
        Assert.Equal(["EVB1026 'order.Total'"], Errors(build.Output));
    }

    // A library with a type of which only the library sees the state.
    private ConsumerProject CreateWithLibrary()
    {
        var project = ConsumerProject.Create(packed);
        project.Write("Library/Library.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        project.Write("Library/Stock.cs", """
            namespace Library;

            public sealed class Stock
            {
                internal int Count { get; set; }

                public static Stock Of(int count) => new() { Count = count };

                public int Total() => Count;
            }
            """);
        const string Items = "<Compile Remove=\"Library/**\" /><ProjectReference Include=\"Library/Library.csproj\" />";
        project.Replace("Consumer.csproj", "</Project>", $"  <ItemGroup>{Items}</ItemGroup>\n</Project>");
        return project;
    }

    // MSBuild prints each error twice.
    private static IEnumerable<string> Errors(string output) => Error().Matches(output)
        .Select(static match => $"{match.Groups["id"].Value} {match.Groups["path"].Value}").Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\berror (?<id>\w+): (The parameter )?(?<path>'[\w.]+'|[^\r\n]*)")]
    private static partial Regex Error();
}
