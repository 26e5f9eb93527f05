using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// Finds the value of a type with <c>[SingleValue]</c>: its only property or field, and the constructor or method that makes an object of
/// it.
/// </summary>
internal static class MarkedValue
{
    public static SingleValueResult Find(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.IsAbstract || type.IsRefLikeType)
            return SingleValueResult.Of("a type with [SingleValue] must not be abstract, static or a ref struct");

        // A second private field would be lost, and a property without a field of its own has the value of one.
        var state = PayloadMembers.State(type, compilation.Assembly).Select(static member => member.Name).Distinct().ToList();
        if (state.Count > 1)
            return SingleValueResult.Of(HasMany(state));

        var reach = new MemberReach(compilation);
        var readable = PayloadMembers.Of(type, reach).Where(static member => member.Getting == Reach.Direct).ToList();
        var stored = readable.Where(static member => member.IsStored).ToList();
        var members = stored.Count > 0 ? stored : readable;
        return members.Count switch
        {
            0 => SingleValueResult.Of("a type with [SingleValue] must have a public property or field with its value"),
            1 => Find(type, members[0], reach),
            _ => SingleValueResult.Of(HasMany(members.Select(static member => member.Symbol.Name))),
        };
    }

    private static SingleValueResult Find(INamedTypeSymbol type, PayloadMember member, MemberReach reach)
    {
        var constructor = type.InstanceConstructors.FirstOrDefault(constructor => Takes(constructor, member, reach));
        var factories = type.GetMembers().OfType<IMethodSymbol>()
            .Where(method => method is { IsStatic: true, MethodKind: MethodKind.Ordinary, Arity: 0 }
                && SymbolEqualityComparer.Default.Equals(method.ReturnType, type)
                && Takes(method, member, reach))
            .ToList();
        var maker = constructor
            ?? factories.FirstOrDefault(static method => method.Name == "From")
            ?? factories.FirstOrDefault(static method => method.Name == "Create")
            ?? (factories.Count == 1 ? factories[0] : null);
        if (maker is not null)
        {
            return SingleValueResult.Of(new SingleValue(member.Type, member.Symbol.Name, constructor is null ? maker.Name : null)
            {
                Symbols = [member.Symbol, maker],
                Declarations = [member.Symbol, maker.Parameters[0]],
            });
        }

        var value = member.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        return SingleValueResult.Of(factories.Count == 0
            ? "a type with [SingleValue] must have a constructor that generated code can access, or a static method 'From', with one "
                + $"parameter of type '{value}'"
            : $"generated code cannot choose between {Quote(factories.Select(static method => method.Name))}; name one of them 'From'");
    }

    private static bool Takes(IMethodSymbol method, PayloadMember member, MemberReach reach) =>
        method.Parameters.Length == 1
        && method.Parameters[0].RefKind is RefKind.None or RefKind.In
        && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, member.Type)
        && reach.Of(method) == Reach.Direct;

    private static string HasMany(IEnumerable<string> members) =>
        $"a type with [SingleValue] must have one value, but has {Quote(members)}; mark the others with [JsonIgnore]";

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"'{name}'"));
}
