using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Caching;

/// <summary>Walks all objects that an object refers to and names the first that would keep a compilation alive.</summary>
internal static class ModelGuard
{
    private static readonly Type[] Forbidden =
    [
        typeof(ISymbol), typeof(Compilation), typeof(SyntaxNode), typeof(SyntaxTree), typeof(SemanticModel), typeof(Location),
        typeof(AttributeData), typeof(SyntaxReference),
    ];

    public static string? FindForbidden(object? root) => Find(root, "model", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static string? Find(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
            return null;
        if (Forbidden.Any(type => type.IsInstanceOfType(value)) || value is SyntaxToken or SyntaxTrivia)
            return $"{path} is a {value.GetType().Name}";
        if (value is IEnumerable items)
            return items.Cast<object?>().Select((item, index) => Find(item, $"{path}[{index}]", seen))
                .FirstOrDefault(static found => found is not null);
        return Fields(value.GetType()).Select(row => Find(row.GetValue(value), $"{path}.{row.Name}", seen))
            .FirstOrDefault(static found => found is not null);
    }

    private static IEnumerable<FieldInfo> Fields(Type? type) =>
        type is null ? [] : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Concat(Fields(type.BaseType));
}
