using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Declarations;

/// <summary>
/// A value that depends on nothing but the declarations of a compilation. If the declarations of two compilations are equal, the value is
/// read from only one of them.
/// </summary>
internal sealed class DeclaredValue<T>(DeclarationSnapshot declarations) : IEquatable<DeclaredValue<T>>
{
    private readonly DeclarationSnapshot _declarations = declarations;
    private StrongBox<T>? _value;

    /// <summary>The value. Only the first call reads it.</summary>
    public T Get(Compilation compilation, Func<Compilation, CancellationToken, T> read, CancellationToken cancellationToken)
    {
        if (_value is null)
            Interlocked.CompareExchange(ref _value, new StrongBox<T>(read(compilation, cancellationToken)), null);
        return _value!.Value;
    }

    public bool Equals(DeclaredValue<T>? other) => other is not null && _declarations.Equals(other._declarations);

    public override bool Equals(object? obj) => Equals(obj as DeclaredValue<T>);

    public override int GetHashCode() => _declarations.GetHashCode();
}

/// <summary>Makes steps of a generator that run only if a declaration differs.</summary>
internal static class DeclaredValueExtensions
{
    /// <summary>
    /// The value that <paramref name="read"/> reads from the declarations of a compilation: no bodies, and no places in a file.
    /// </summary>
    public static IncrementalValueProvider<T> ReadDeclarations<T>(
        this IncrementalGeneratorInitializationContext context, Func<Compilation, CancellationToken, T> read) =>
        context.CompilationProvider
            .Select(static (compilation, _) => new DeclaredValue<T>(DeclarationSnapshot.Of(compilation)))
            .WithTrackingName(TrackingNames.Declarations)

            // The compilation is always a new one. The value on the left is the earlier one if no declaration differs.
            .Combine(context.CompilationProvider)
            .Select((input, cancellationToken) => input.Left.Get(input.Right, read, cancellationToken));

    /// <summary>The same, but null if the value is not wanted.</summary>
    public static IncrementalValueProvider<T?> ReadDeclarations<T>(
        this IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<bool> isWanted,
        Func<Compilation, CancellationToken, T> read)
        where T : class
        => context.CompilationProvider
            .Select(static (compilation, _) => new DeclaredValue<T>(DeclarationSnapshot.Of(compilation)))
            .WithTrackingName(TrackingNames.Declarations)
            .Combine(context.CompilationProvider)
            .Combine(isWanted)
            .Select((input, cancellationToken) => input.Right ? input.Left.Left.Get(input.Left.Right, read, cancellationToken) : null);
}
