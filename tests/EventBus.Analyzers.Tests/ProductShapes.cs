namespace EventBus.Analyzers.Tests;

/// <summary>Payload types in the shapes of real products: the type, its declaration, and the rules that explain a problem.</summary>
internal static class ProductShapes
{
    /// <summary>Types that are sent as they are.</summary>
    public static readonly (string Type, string Source)[] Sent =
    [
        ("Customer", "public record Customer(Guid Id, string Name, string? Email);"),
        ("Address", "public readonly record struct Address(string Street, string City, string? Zip);"),
        ("Money", "public readonly record struct Money(decimal Amount, string Currency) { public bool IsZero => Amount == 0; }"),
        ("Range<DateOnly>", "public readonly record struct Range<T>(T From, T To) where T : IComparable<T>;"),
        ("Page<Item>", "public record Page<T>(IReadOnlyList<T> Items, int Total, string? Next); public record Item(int Id);"),
        ("Page<Page<Item?>>", "public record Page<T>(IReadOnlyList<T> Items, int Total); public record Item(int Id);"),
        ("Result<Item>", "public record Result<T>(bool Ok, T? Value, string? Error) where T : class; public record Item(int Id);"),
        (
            "Outcome<int>",
            """
            public class Outcome<T>
            {
                [JsonConstructor] public Outcome(T? value, string? error) { Value = value; Error = error; }
                public T? Value { get; }
                public string? Error { get; }
                [JsonIgnore] public bool IsSuccess => Error is null;
                public static Outcome<T> Success(T value) => new(value, null);
            }
            """),
        (
            "Cart",
            """
            public class Cart { public Guid Id { get; init; } public List<Line> Lines { get; } = []; }
            public record Line(string Sku, int N);
            """),
        ("Settings", "public class Settings { public required string Theme { get; init; } public bool Beta { get; init; } = true; }"),
        ("Profile", "public class Profile { public required string Name { get; set; } public required string[] Tags { get; set; } }"),
        ("Account", "public class Account { public Guid Id { get; private set; } public decimal Balance { get; private set; } }"),
        (
            "Order",
            """
            public class Order
            {
                private readonly List<string> _events = [];
                private Order() { }
                public Order(Guid id) => Id = id;
                public Guid Id { get; private set; }
                public OrderStatus Status { get; private set; }
                public IReadOnlyList<string> Tags { get; private set; } = [];
                public void Pay() => _events.Add("paid");
            }
            public enum OrderStatus { New, Paid }
            """),
        ("Basket", "public class Basket(Guid id) { public Guid Id { get; } = id; public Dictionary<string, int> Items { get; } = []; }"),
        (
            "Ticket",
            """
            [JsonConverter(typeof(JsonStringEnumConverter<Priority>))] public enum Priority { Low, High }
            public record Ticket(int Id, Priority P);
            """),
        (
            "Shipment",
            """
            public enum Carrier { [EnumMember(Value = "dhl-express")] Dhl }
            public class Shipment { public Dictionary<Carrier, int> Counts { get; set; } = []; }
            """),
        (
            "Permissions",
            """
            [Flags] public enum Right { None, Read, Write = 2 }
            public record Permissions(Right Rights, IReadOnlySet<Right> More);
            """),
        ("Catalog", "public record Catalog(IReadOnlyDictionary<string, IReadOnlyList<decimal>> Prices);"),
        ("Inventory", "public record Inventory(Dictionary<Guid, Dictionary<DateOnly, int>> Stock);"),
        ("Matrix", "public record Matrix(double[][] Rows, (int Row, int Column) Size);"),
        ("Tree", "public record Tree(string Name, IReadOnlyList<Tree> Children);"),
        (
            "Employee",
            """
            public class Employee
            {
                public string Name { get; set; } = "";
                public Employee? Manager { get; set; }
                public List<Employee> Reports { get; set; } = [];
            }
            """),
        (
            "Blog",
            """
            public class Blog { public int Id { get; set; } public ICollection<Post> Posts { get; set; } = new List<Post>(); }
            public class Post
            {
                public int Id { get; set; }
                public int BlogId { get; set; }
                [JsonIgnore] public Blog Blog { get; set; } = null!;
            }
            """),
        (
            "Manager",
            """
            public record Person(string Name);
            public record Manager(string Name, int Level) : Person(Name) { public string? Office { get; init; } }
            """),
        (
            "Admin",
            """
            public abstract class Entity { public Guid Id { get; set; } public DateTimeOffset Created { get; set; } }
            public class Admin : Entity { public string Name { get; set; } = ""; }
            """),
        (
            "Versioned",
            """
            public interface IVersioned { int Version { get; } }
            public record Versioned(int Version, string Text) : IVersioned;
            """),
        (
            "Shape",
            """
            [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")]
            public abstract record Shape(string Name);
            public record Circle(string Name, double Radius) : Shape(Name);
            public record Square(string Name, double Side) : Shape(Name);
            """),
        (
            "Payment[]",
            """
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Card), 1), JsonDerivedType(typeof(Cash), 2)]
            public interface Payment;
            public record Card(string Number) : Payment;
            public record Cash : Payment;
            """),
        (
            "Command",
            """
            [JsonDerivedType(typeof(Stop), "stop")] public record Command(int Id);
            public record Stop(int Id, string Why) : Command(Id);
            """),
        ("Reading", "public struct Reading { public DateTime At; public double Value; }"),
        (
            "Point3",
            """
            public readonly struct Point3(double x, double y, double z)
            {
                public double X { get; } = x;
                public double Y { get; } = y;
                public double Z { get; } = z;
            }
            """),
        ("Photo", "public record Photo(string Name, ReadOnlyMemory<byte> Jpeg, byte[]? Thumbnail);"),
        (
            "Session",
            """
            public record Session(string Id, DateTimeOffset Start, TimeSpan? Length, System.Net.IPAddress Ip, Uri Site, Version App);
            """),
        ("Telemetry", "public record Telemetry(Half A, float B, double? C, long D, ulong E, Int128 F, System.Numerics.BigInteger G);"),
        ("Webhook", "public record Webhook(string Kind, System.Text.Json.JsonElement Body, object? Extra);"),
        ("Translation", "public record Translation(System.Globalization.CultureInfo Culture, string Text);"),
        (
            "Login",
            """
            public class Login { public string User { get; set; } = ""; [JsonIgnore] public string Password { get; set; } = ""; }
            """),
        (
            "Secretive",
            """
            public class Secretive
            {
                public int Id { get; set; }
                [XmlIgnore] public string? A { get; set; }
                [NonSerialized] public string? B;
            }
            """),
        ("Patch", "public class Patch { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Name { get; set; } }"),
        (
            "Renamed",
            """
            public class Renamed
            {
                [JsonPropertyName("order_id")] public int OrderId { get; set; }
                [JsonPropertyName("@type")] public string? Kind { get; set; }
            }
            """),
        (
            "Contract",
            """
            [DataContract] public class Contract
            {
                [DataMember(Name = "id", Order = 1)] public int Id { get; set; }
                public int Hidden { get; set; }
            }
            """),
        (
            "Packed",
            """
            [MessagePack.MessagePackObject] public class Packed
            {
                [MessagePack.Key(0)] public int Id { get; set; }
                [MessagePack.IgnoreMember] public int X { get; set; }
            }
            """),
        ("Grain", "[Orleans.GenerateSerializer] public record Grain([property: Orleans.Id(0)] string Key);"),
        (
            "Legacy",
            """
            public class Legacy { [NJ.JsonProperty("no")] public int Number { get; set; } [NJ.JsonIgnore] public int Cache { get; set; } }
            """),
        (
            "Document",
            """
            public class Document
            {
                [Bson.BsonElement("title")] public string Title { get; set; } = "";
                [Bson.BsonIgnore] public int X { get; set; }
            }
            """),
        ("Amount", "[JsonNumberHandling(JsonNumberHandling.WriteAsString)] public record Amount(long Cents, IReadOnlyList<long> Parts);"),
        (
            "Builder",
            """
            public partial class Builder { public int Id { get; set; } }
            public partial class Builder { public string? Name { get; set; } }
            """),
        (
            "Shop.Orders.Placed",
            """
            namespace Shop.Orders
            {
                public static class Orders;
                public sealed record Placed(Guid Id, Nested.Inner Inner);
                public class Nested { public record Inner(int X); }
            }
            """),
        (
            "ViewModel",
            """
            public class ViewModel : System.ComponentModel.INotifyPropertyChanged
            {
                public event System.ComponentModel.PropertyChangedEventHandler? PropertyChanged;
                private string _name = "";
                public string Name { get => _name; set { _name = value; PropertyChanged?.Invoke(this, new(nameof(Name))); } }
            }
            """),
        (
            "Board",
            """
            public class Board
            {
                public System.Collections.ObjectModel.ObservableCollection<string> Columns { get; } = [];
                public HashSet<Guid> Members { get; init; } = [];
            }
            """),
        (
            "Immutable",
            """
            public record Immutable(
                System.Collections.Immutable.ImmutableArray<int> A,
                System.Collections.Immutable.ImmutableDictionary<string, int> B);
            """),
        ("(Guid Id, string? Name, int[] Values)", ""),
        ("Option<string>", "public readonly record struct Option<T>(bool HasValue, T? Value) { public static Option<T> None => default; }"),
        (
            "Audit<Item>",
            """
            public abstract record Audited<T>(T Before, T? After) where T : class;
            public record Audit<T>(T Before, T? After, string By) : Audited<T>(Before, After) where T : class;
            public record Item(int Id);
            """),
    ];

    /// <summary>Types that a rule reports.</summary>
    public static readonly (string Type, string Source, string Rule)[] Reported =
    [
        ("Readonly", "public class Readonly { public IReadOnlyList<string> Names { get; } = []; }", "EVB1012"),
        (
            "Person",
            """
            public partial class Person : ObservableObject { [ObservableProperty] private string _name = ""; }
            """,
            "EVB1019"),
        (
            "ProblemDetails",
            """
            public class ProblemDetails
            {
                public string? Title { get; set; }
                [JsonExtensionData] public IDictionary<string, object?> Extensions { get; set; } = new Dictionary<string, object?>();
            }
            """,
            "EVB1026"),
        ("Mongo", "public class Mongo { [Bson.BsonId] public string Id { get; set; } = \"\"; }", "EVB1026"),
        ("Xml", "public class Xml { [XmlElement(\"order-id\")] public int Id { get; set; } }", "EVB1026"),
        ("Converted", "[JsonConverter(typeof(JsonStringEnumConverter))] public class Converted { public int Id { get; set; } }", "EVB1015"),
        ("Twice", "public class Twice { [JsonPropertyName(\"a\"), DataMember(Name = \"b\")] public int Id { get; set; } }", "EVB1011"),
        ("Animal", "public abstract class Animal { public string? Name { get; set; } }", "EVB1002"),
        ("Bag", "public class Bag : List<string> { public int Id { get; set; } }", "EVB1002"),
        ("Lazily", "public class Lazily { public Lazy<int> Value { get; set; } = new(1); }", "EVB1002"),
        (
            "Wrapped",
            """
            public class Wrapped
            {
                private readonly Dictionary<string, string> _values = [];
                public void Set(string k, string v) => _values[k] = v;
            }
            """,
            "EVB1018"),
        (
            "Callback",
            """
            public class Callback { public int Id { get; set; } [OnDeserialized] public void Done(StreamingContext context) { } }
            """,
            "EVB1026"),
    ];
}
