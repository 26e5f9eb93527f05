using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>The form of a type on the wire. It holds symbols, so it lives for one transform and is never part of a model.</summary>
internal abstract class TypeShape(ITypeSymbol type)
{
    public ITypeSymbol Type { get; } = type;

    /// <summary>
    /// Whether null on the wire is a value of the type. If not, null means that the value is missing: JavaScript's undefined is null in an
    /// array, and in MessagePack.
    /// </summary>
    public bool TakesNull =>
        this is Nullable or Custom or NumberText { Number.TakesNull: true } or SingleValue { Value.TakesNull: true }
        || (this is Scalar scalar && BuiltInFormatters.TakingNull.Contains(scalar.Formatter));

    /// <summary>Whether it is a collection that items can be added to, or may be one.</summary>
    public bool IsFillable => this switch
    {
        Nullable nullable => nullable.Underlying.IsFillable,
        Sequence sequence => BuiltInFormatters.Fillable.Contains(sequence.Formatter),
        Dictionary dictionary => BuiltInFormatters.Fillable.Contains(dictionary.Formatter),
        _ => false,
    };

    /// <summary>One value with a formatter of its own.</summary>
    public sealed class Scalar(ITypeSymbol type, string formatter) : TypeShape(type)
    {
        public string Formatter { get; } = formatter;
    }

    /// <summary>A number that is read from text, too, because <c>[JsonNumberHandling]</c> asks for it.</summary>
    public sealed class NumberText(Scalar number, bool isWritten) : TypeShape(number.Type)
    {
        public Scalar Number { get; } = number;

        /// <summary>Whether it is also written as text.</summary>
        public bool IsWritten { get; } = isWritten;
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

        /// <summary>The same elements in another collection.</summary>
        public Sequence With(string formatter) => new(Type, formatter, Element);
    }

    /// <summary>A map from keys, which are text on the wire, to values.</summary>
    public sealed class Dictionary(
        ITypeSymbol type, string formatter, ITypeSymbol key, SingleValue? singleKey, string keyFormatter, TypeShape value)
        : TypeShape(type)
    {
        public string Formatter { get; } = formatter;

        public ITypeSymbol Key { get; } = key;

        /// <summary>The shape of the key if it is one value, such as a strongly typed id; else null.</summary>
        public SingleValue? SingleKey { get; } = singleKey;

        /// <summary>The type whose text is on the wire.</summary>
        public ITypeSymbol WrittenKey => SingleKey?.Value.Type ?? Key;

        /// <summary>The formatter of the type whose text is on the wire.</summary>
        public string KeyFormatter { get; } = keyFormatter;

        public TypeShape Value { get; } = value;

        /// <summary>The same pairs in another dictionary.</summary>
        public Dictionary With(string formatter) => new(Type, formatter, Key, SingleKey, KeyFormatter, Value);
    }

    /// <summary>An array of items of their own types.</summary>
    public sealed class Tuple(ITypeSymbol type, ImmutableArray<TypeShape> items) : TypeShape(type)
    {
        public ImmutableArray<TypeShape> Items { get; } = items;
    }

    /// <summary>A map of members, for which a formatter is generated. The reader knows its members: types may be cyclic.</summary>
    public sealed class Payload(INamedTypeSymbol type) : TypeShape(type)
    {
        public new INamedTypeSymbol Type { get; } = type;
    }

    /// <summary>A map of the members of one of several types, and of the discriminator that says which type.</summary>
    public sealed class Union(INamedTypeSymbol type) : TypeShape(type)
    {
        public new INamedTypeSymbol Type { get; } = type;
    }

    /// <summary>One value in a type of its own, such as a strongly typed id: it has the form of the value.</summary>
    public sealed class SingleValue(INamedTypeSymbol type, Shapes.SingleValue conversion, TypeShape value) : TypeShape(type)
    {
        public new INamedTypeSymbol Type { get; } = type;

        /// <summary>How generated code gets the value, and makes an object of it.</summary>
        public Shapes.SingleValue Conversion { get; } = conversion;

        /// <summary>The shape of the value: a scalar, an enum, or the form of a formatter.</summary>
        public TypeShape Value { get; } = value;
    }

    /// <summary>Any form that a user's own formatter gives the type.</summary>
    public sealed class Custom(ITypeSymbol type, INamedTypeSymbol formatter) : TypeShape(type)
    {
        public INamedTypeSymbol Formatter { get; } = formatter;
    }

    /// <summary>A type that has no form on the wire.</summary>
    public sealed class Unsupported(ITypeSymbol type, string reason, PartRule rule = PartRule.Type) : TypeShape(type)
    {
        /// <summary>The reason, and a remedy, as the end of a sentence.</summary>
        public string Reason { get; } = reason;

        public PartRule Rule { get; } = rule;
    }
}

/// <summary>The rule that an unsupported part of a parameter's type breaks. For a part of an ack, each of them is EVB1003.</summary>
internal enum PartRule
{
    /// <summary>EVB1002: the type has no form on the wire.</summary>
    Type,

    /// <summary>EVB1012: the class or struct cannot be read back.</summary>
    Payload,

    /// <summary>EVB1013: a <c>[Formatter]</c> does not format the type.</summary>
    Formatter,

    /// <summary>EVB1029: a type with <c>[SingleValue]</c> is not one value.</summary>
    SingleValue,

    /// <summary>EVB1014: a reader cannot distinguish the cases of a union.</summary>
    Union,
}
