using System.Collections.Immutable;
using EventBus.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Declarations;

/// <summary>
/// All that decides how contracts are parsed: the declarations of all files, the references and the options. Two snapshots are equal if
/// nothing of it differs. Then the contracts of one are those of the other, and they are parsed only once.
/// </summary>
internal sealed class DeclarationSnapshot(Compilation compilation) : IEquatable<DeclarationSnapshot>
{
    private readonly string? _assemblyName = compilation.AssemblyName;
    private readonly ImmutableArray<object> _environment =
        [Identity.Of(compilation.Options), .. compilation.References.Select(Identity.Of)];

    private readonly ImmutableArray<FileDeclarations> _files = [.. compilation.SyntaxTrees.Select(FileDeclarations.Of)];
    private ParsedContracts? _parsed;

    /// <summary>The contracts of a compilation of which this is a snapshot. Only the first call parses them.</summary>
    public ParsedContracts Parse(Compilation compilation, CancellationToken cancellationToken) =>
        _parsed ??= ParsedContracts.Of(compilation, cancellationToken);

    public bool Equals(DeclarationSnapshot? other) =>
        other is not null
        && _assemblyName == other._assemblyName
        && _environment.SequenceEqual(other._environment)
        && _files.Length == other._files.Length
        && _files.Zip(other._files, static (file, same) => file.Declares(same)).All(static declares => declares);

    public override bool Equals(object? obj) => Equals(obj as DeclarationSnapshot);

    public override int GetHashCode() => _files.Length;
}
