using System.Collections.Immutable;
using EventBus.Generators.Model;
using EventBus.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Declarations;

/// <summary>
/// All that decides how contracts are parsed: the declarations of all files, the references and the options. Two snapshots are equal if
/// nothing of it differs. Then the contracts of one are those of the other, and they are parsed only once.
/// </summary>
internal sealed class DeclarationSnapshot : IEquatable<DeclarationSnapshot>
{
    private readonly EquatableArray<string> _contracts;
    private readonly string? _assemblyName;
    private readonly ImmutableArray<object> _environment;
    private readonly ImmutableArray<FileDeclarations> _files;
    private ParsedContracts? _parsed;

    private DeclarationSnapshot(EquatableArray<string> contracts, Compilation compilation)
    {
        _contracts = contracts;
        _assemblyName = compilation.AssemblyName;
        _environment = [Identity.Of(compilation.Options), .. compilation.References.Select(Identity.Of)];
        _files = [.. compilation.SyntaxTrees.Select(FileDeclarations.Of)];
    }

    private DeclarationSnapshot()
    {
        _environment = [];
        _files = [];
    }

    // A project without contracts depends on nothing.
    private static DeclarationSnapshot Empty { get; } = new();

    /// <summary>The snapshot of a compilation with contracts of these metadata names.</summary>
    public static DeclarationSnapshot Of(ImmutableArray<string> contracts, Compilation compilation) =>
        contracts.IsEmpty ? Empty : new DeclarationSnapshot(contracts.ToEquatableArray(), compilation);

    /// <summary>The contracts of a compilation of which this is a snapshot. Only the first call parses them.</summary>
    public ParsedContracts Parse(Compilation compilation, CancellationToken cancellationToken) =>
        _parsed ??= ParsedContracts.Of(_contracts, compilation, cancellationToken);

    public bool Equals(DeclarationSnapshot? other) =>
        other is not null
        && _contracts.Equals(other._contracts)
        && _assemblyName == other._assemblyName
        && _environment.SequenceEqual(other._environment)
        && _files.Length == other._files.Length
        && _files.Zip(other._files, static (file, same) => file.Declares(same)).All(static declares => declares);

    public override bool Equals(object? obj) => Equals(obj as DeclarationSnapshot);

    public override int GetHashCode() => _contracts.GetHashCode();
}
