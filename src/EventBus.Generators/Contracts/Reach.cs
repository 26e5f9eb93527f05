namespace EventBus.Generators.Contracts;

/// <summary>How generated code gets at a member or constructor.</summary>
internal enum Reach
{
    /// <summary>Not at all: it is private in another assembly, of a generic type, or not there.</summary>
    None,

    /// <summary>By its name.</summary>
    Direct,

    /// <summary>By an <c>[UnsafeAccessor]</c>: it is private, but in the contract's own assembly.</summary>
    Accessor,
}
