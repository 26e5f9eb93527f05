using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>How a type is written. Holds symbols: it lives for one transform and is never part of a model.</summary>
internal abstract class TypeShape(ITypeSymbol type)
{
    public ITypeSymbol Type { get; } = type;

    /// <summary>Whether null on the wire is a value of the type. If not, it says what a missing one says: JavaScript's undefined is null in an array, and in MessagePack.</summary>
    public bool TakesNull => this is Nullable or Custom || (this is Scalar scalar && BuiltInFormatters.TakingNull.Contains(scalar.Formatter));

    /// <summary>One value with a formatter of its own.</summary>
    public sealed class Scalar(ITypeSymbol type, string formatter) : TypeShape(type)
    {
        public string Formatter { get; } = formatter;
    }

    /// <summary>A number, or a name.</summary>
    public sealed class Enum(ITypeSymbol type, bool byName) : TypeShape(type)
    {
        public bool ByName { get; } = byName;
    }

    /// <summary>Null or another shape.</summary>
    public sealed class Nullable(ITypeSymbol type, TypeShape underlying) : TypeShape(type)
    {
        public TypeShape Underlying { get; } = underlying;
    }

    /// <summary>An array of elements.</summary>
    public sealed class Sequence(ITypeSymbol type, string formatter, TypeShape element) : TypeShape(type)
    {
        public string Formatter { get; } = formatter;

        public TypeShape Element { get; } = element;
    }

    /// <summary>A map from keys, which are text on the wire, to values.</summary>
    public sealed class Dictionary(ITypeSymbol type, string formatter, ITypeSymbol key, string keyFormatter, TypeShape value) : TypeShape(type)
    {
        public string Formatter { get; } = formatter;

        public ITypeSymbol Key { get; } = key;

        public string KeyFormatter { get; } = keyFormatter;

        public TypeShape Value { get; } = value;
    }

    /// <summary>An array of items of their own types.</summary>
    public sealed class Tuple(ITypeSymbol type, ImmutableArray<TypeShape> items) : TypeShape(type)
    {
        public ImmutableArray<TypeShape> Items { get; } = items;
    }

    /// <summary>A map of members, for which a formatter is generated. Its members are asked for separately: types may be cyclic.</summary>
    public sealed class Payload(INamedTypeSymbol type) : TypeShape(type)
    {
        public new INamedTypeSymbol Type { get; } = type;
    }

    /// <summary>A map of the members of one of several types, and of what tells which.</summary>
    public sealed class Union(INamedTypeSymbol type) : TypeShape(type)
    {
        public new INamedTypeSymbol Type { get; } = type;
    }

    /// <summary>What a formatter of the user's makes of it.</summary>
    public sealed class Custom(ITypeSymbol type, INamedTypeSymbol formatter) : TypeShape(type)
    {
        public INamedTypeSymbol Formatter { get; } = formatter;
    }

    /// <summary>A type that has no form on the wire.</summary>
    public sealed class Unsupported(ITypeSymbol type, string reason, PartRule rule = PartRule.Type) : TypeShape(type)
    {
        /// <summary>Why, and what to do, as the end of a sentence.</summary>
        public string Reason { get; } = reason;

        public PartRule Rule { get; } = rule;
    }
}
