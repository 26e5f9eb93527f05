using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>Finds the types that get a name: the payloads, unions and enums that events carry, directly or inside others.</summary>
internal sealed class TypeScriptTypes(TypeShapeReader shapes, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, TypeShape> _declared = [];

    /// <summary>The types by their keys, in the order of the keys.</summary>
    public IEnumerable<KeyValuePair<string, TypeShape>> Declared => _declared.OrderBy(static item => item.Key, StringComparer.Ordinal);

    /// <summary>Identifies a type. Annotations count: <c>Page&lt;string?&gt;</c> and <c>Page&lt;string&gt;</c> differ.</summary>
    public static string Key(TypeShape shape) => shape is TypeShape.Enum { ByName: true }
        ? $"{TypeName.OfStrict(shape.Type)} by name"
        : TypeName.OfStrict(shape.Type);

    public void Add(TypeShape shape)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (shape)
        {
            case TypeShape.Nullable nullable:
                Add(nullable.Underlying);
                break;
            case TypeShape.SingleValue single:
                Add(single.Value);
                break;
            case TypeShape.Sequence sequence:
                Add(sequence.Element);
                break;
            case TypeShape.Dictionary dictionary:
                AddKey(dictionary);
                Add(dictionary.Value);
                break;
            case TypeShape.Tuple tuple:
                foreach (var item in tuple.Items)
                    Add(item);
                break;
            case TypeShape.Enum:
                _declared[Key(shape)] = shape;
                break;
            case TypeShape.Payload payload:
                AddPayload(payload);
                break;
            case TypeShape.Union union:
                AddUnion(union);
                break;
        }
    }

    /// <summary>The shape of an enum as a key: it is always written by name.</summary>
    public static TypeShape? KeyShape(TypeShape.Dictionary dictionary) =>
        dictionary.WrittenKey is INamedTypeSymbol { TypeKind: TypeKind.Enum } key ? new TypeShape.Enum(key, byName: true) : null;

    private void AddKey(TypeShape.Dictionary dictionary)
    {
        if (KeyShape(dictionary) is { } key)
            Add(key);
    }

    // A case of the union's own type has no declaration of its own, because it would have the same name as the union.
    private void AddUnion(TypeShape.Union union)
    {
        if (_declared.ContainsKey(Key(union)))
            return;
        _declared.Add(Key(union), union);
        foreach (var item in shapes.Cases(union.Type).Cases)
            AddCase(shapes.ReadCase(union.Type, item.Type), union);
    }

    private void AddCase(TypeShape item, TypeShape.Union union)
    {
        if (Key(item) == Key(union))
        {
            foreach (var member in shapes.Members((INamedTypeSymbol)item.Type).Members)
                Add(shapes.Read(member));
        }
        else
        {
            Add(item);
        }
    }

    private void AddPayload(TypeShape.Payload payload)
    {
        // Entered before its members are added, because a node of a tree has nodes.
        if (_declared.ContainsKey(Key(payload)))
            return;
        _declared.Add(Key(payload), payload);
        foreach (var member in shapes.Members(payload.Type).Members)
            Add(shapes.Read(member));
    }
}
