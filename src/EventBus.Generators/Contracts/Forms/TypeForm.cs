using System.Collections.Immutable;

namespace EventBus.Generators.Contracts.Forms;

/// <summary>The form of a value on the wire, without the names that only C# knows. A contract lock holds its text.</summary>
internal abstract class TypeForm
{
    public abstract override string ToString();

    /// <summary>One value: <c>string</c>, <c>int32</c>, <c>binary</c>.</summary>
    public sealed class Word(string name) : TypeForm
    {
        public override string ToString() => name;
    }

    /// <summary>A type that contains itself: <c>^1</c> is the object or union around it, <c>^2</c> the next one outwards.</summary>
    public sealed class Cycle(int levels) : TypeForm
    {
        public override string ToString() => FormattableString.Invariant($"^{levels}");
    }

    /// <summary>Null or another form: <c>string?</c>.</summary>
    public sealed class Nullable(TypeForm underlying) : TypeForm
    {
        public TypeForm Underlying { get; } = underlying;

        public override string ToString() => $"{Underlying}?";
    }

    /// <summary>An array: <c>[int32]</c>.</summary>
    public sealed class List(TypeForm element) : TypeForm
    {
        public TypeForm Element { get; } = element;

        public override string ToString() => $"[{Element}]";
    }

    /// <summary>An object whose keys are data: <c>map(guid, int32)</c>.</summary>
    public sealed class Map(TypeForm key, TypeForm value) : TypeForm
    {
        public TypeForm Key { get; } = key;

        public TypeForm Value { get; } = value;

        public override string ToString() => $"map({Key}, {Value})";
    }

    /// <summary>An array of a fixed length: <c>(string, int32)</c>.</summary>
    public sealed class Tuple(ImmutableArray<TypeForm> items) : TypeForm
    {
        public ImmutableArray<TypeForm> Items { get; } = items;

        public override string ToString() => $"({string.Join(", ", Items)})";
    }

    /// <summary>One of these names: <c>enum(green, red)</c>.</summary>
    public sealed class Names(ImmutableArray<string> values) : TypeForm
    {
        public ImmutableArray<string> Values { get; } = [.. values.OrderBy(static value => value, StringComparer.Ordinal)];

        public override string ToString() => $"enum({string.Join(", ", Values.Select(FormText.Quote))})";
    }

    /// <summary>An object whose keys are known, in alphabetical order: <c>{id: guid, note?: string?}</c>. Peers ignore the order.</summary>
    public sealed class Object(ImmutableArray<NamedForm> members) : TypeForm
    {
        public ImmutableArray<NamedForm> Members { get; } = [.. members.OrderBy(static member => member.Name, StringComparer.Ordinal)];

        public override string ToString() => $"{{{string.Join(", ", Members)}}}";
    }

    /// <summary>The form that a formatter of the project gives a value: <c>custom(Shop.MoneyFormatter)</c>.</summary>
    public sealed class Custom(string formatter) : TypeForm
    {
        public override string ToString() => $"custom({FormText.Quote(formatter)})";
    }

    /// <summary>
    /// One of several objects; one of their keys says which: <c>union("$type", circle: {radius: double}, square: {side: double})</c>.
    /// </summary>
    public sealed class Union(string key, ImmutableArray<NamedForm> cases) : TypeForm
    {
        public string Key { get; } = key;

        public ImmutableArray<NamedForm> Cases { get; } = [.. cases.OrderBy(static item => item.Name, StringComparer.Ordinal)];

        public override string ToString() => $"union({FormText.Quote(Key)}{string.Concat(Cases.Select(static item => $", {item}"))})";
    }
}

/// <summary>A parameter or a member: <c>note?: string</c>. The question mark says that a receiver does not require it.</summary>
internal sealed class NamedForm(string name, bool isOptional, TypeForm type)
{
    public string Name { get; } = name;

    public bool IsOptional { get; } = isOptional;

    public TypeForm Type { get; } = type;

    public override string ToString() => $"{FormText.Quote(Name)}{(IsOptional ? "?" : "")}: {Type}";
}

/// <summary>One event on the wire, as one line: <c>/orders placed(id: guid, note?: string) -> bool</c>.</summary>
internal sealed class EventForm(string busNamespace, string name, ImmutableArray<NamedForm> parameters, TypeForm? ack)
{
    public ImmutableArray<NamedForm> Parameters { get; } = parameters;

    public TypeForm? Ack { get; } = ack;

    /// <summary>The bus namespace and the name, by which receivers distinguish events: <c>/orders placed</c>.</summary>
    public string Key { get; } = $"{FormText.QuoteNamespace(busNamespace)} {FormText.Quote(name)}";

    public override string ToString() => $"{Key}({string.Join(", ", Parameters)}){(Ack is null ? "" : $" -> {Ack}")}";
}
