namespace EventBus.Tests.Architecture;

/// <summary>A type by the folder of its source, its namespace and its name. A nested type counts as the type that contains it.</summary>
/// <param name="Folder">Relative to <c>src/EventBus</c>, with slashes; empty if the type has no source there.</param>
/// <param name="Namespace">The C# namespace.</param>
/// <param name="Name">The name in metadata.</param>
internal readonly record struct TypeName(string Folder, string Namespace, string Name)
{
    public override string ToString() => $"{Folder}/{Name}";
}
