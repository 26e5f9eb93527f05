using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Declarations;

/// <summary>
/// All that decides the symbols of a compilation: the declarations of its files, the references and the options. Two snapshots are equal if
/// nothing of it differs. A snapshot keeps no compilation and no file alive.
/// </summary>
internal sealed class DeclarationSnapshot : IEquatable<DeclarationSnapshot>
{
    private static readonly ConditionalWeakTable<Compilation, DeclarationSnapshot> Known = new();

    private readonly string? _assemblyName;
    private readonly ImmutableArray<object> _environment;
    private readonly ImmutableArray<FileDeclarations> _files;

    // Snapshots that were found equal share it. A project refers to all projects below it, so without it each of them would be compared
    // once for each path that leads to it.
    private object _kind = new();

    private DeclarationSnapshot(Compilation compilation)
    {
        _assemblyName = compilation.AssemblyName;
        _environment = [Identity.Of(compilation.Options), .. compilation.References.Select(Identify)];
        _files = [.. compilation.SyntaxTrees.Select(FileDeclarations.Of)];
    }

    public static DeclarationSnapshot Of(Compilation compilation) =>
        Known.GetValue(compilation, static compilation => new DeclarationSnapshot(compilation));

    public bool Equals(DeclarationSnapshot? other)
    {
        if (other is null)
            return false;
        if (ReferenceEquals(_kind, other._kind))
            return true;
        if (_assemblyName != other._assemblyName
            || !_environment.SequenceEqual(other._environment)
            || _files.Length != other._files.Length
            || !_files.Zip(other._files, static (file, same) => file.Declares(same)).All(static declares => declares))
            return false;
        other._kind = _kind;
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as DeclarationSnapshot);

    public override int GetHashCode() => _files.Length;

    // An editor refers to another project by its compilation, which is a new one after each edit of the project.
    private static object Identify(MetadataReference reference) => reference is CompilationReference project
        ? (Of(project.Compilation), string.Join(" ", project.Properties.Aliases), project.Properties.EmbedInteropTypes)
        : Identity.Of(reference);
}
