namespace EventBus.Tests.Architecture;

/// <summary>A type by its namespace and name; a nested type, compiler-made ones too, counts as the type it is nested in.</summary>
internal readonly record struct TypeName(string Namespace, string Name)
{
    public override string ToString() => $"{Namespace}.{Name}";
}
