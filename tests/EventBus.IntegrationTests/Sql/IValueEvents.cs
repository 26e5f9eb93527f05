using System.Numerics;
using System.Text.Json.Serialization;

namespace EventBus.IntegrationTests.Sql;

/// <summary>An event for each row of the table of types in <c>docs/sql.md</c>. The last text decides the form of the message.</summary>
[BroadcastEvent]
public interface IValueEvents
{
    void Numbers(bool flag, short small, int number, long large, ulong largest, float single, double real, string filler);
    void Unreal(double nan, double infinity, double negative, float single, string filler);
    void Exact(decimal amount, BigInteger integer, string filler);
    void Texts(string text, Guid id, string filler);
    void Instants(DateTime instant, DateTimeOffset offset, DateTime old, DateTimeOffset zoneless, string filler);
    void Times(DateOnly date, TimeOnly time, TimeSpan span, string filler);
    void Enums(SqlColor byNumber, SqlColor byName, SqlShape shape, string filler);
    void Lists(int[] numbers, IReadOnlyList<string> texts, string filler);
    void Objects(SqlPoint point, string filler);
    void Unions(SqlAnimal animal, SqlAnimal other, string filler);
    void Nulls(int? number, string? text, SqlPoint? point, string filler);
}

public enum SqlColor
{
    Red,
    Green = 7,
}

[JsonConverter(typeof(JsonStringEnumConverter))]
public enum SqlShape
{
    Circle,
    Square,
}

public record SqlPoint(int X, int LongY);

[JsonDerivedType(typeof(SqlDog), "dog")]
[JsonDerivedType(typeof(SqlCat), 2)]
public abstract record SqlAnimal(string Name);

public record SqlDog(string Name, int Barks) : SqlAnimal(Name);

public record SqlCat(string Name) : SqlAnimal(Name);
