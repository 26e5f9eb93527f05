using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Checks that the compiler accepts generated code: a project may set an older version of C#.</summary>
internal static class LanguageChecks
{
    /// <summary>The version that generated code is written in: the type parameters of formatters allow ref structs.</summary>
    private const LanguageVersion Oldest = LanguageVersion.CSharp13;

    // Senders that only throw need file-scoped namespaces.
    private const LanguageVersion OldestForSenders = LanguageVersion.CSharp10;

    /// <summary>EVB1027: whether the version of C# is too old for a contract that this project declares.</summary>
    public static bool IsTooOldFor(INamedTypeSymbol contract, Compilation compilation) =>
        IsOlder(compilation, Oldest) && SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, compilation.Assembly);

    public static bool IsTooOld(Compilation compilation) => IsOlder(compilation, Oldest);

    /// <summary>Whether not even senders that only throw compile.</summary>
    public static bool IsTooOldForSenders(Compilation compilation) => IsOlder(compilation, OldestForSenders);

    private static bool IsOlder(Compilation compilation, LanguageVersion version) =>
        compilation is CSharpCompilation { LanguageVersion: var used } && used < version;
}
