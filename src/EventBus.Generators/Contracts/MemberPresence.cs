namespace EventBus.Generators.Contracts;

/// <summary>What it means that a member is not among the pairs that were read.</summary>
internal enum MemberPresence
{
    /// <summary>An error.</summary>
    Required,

    /// <summary>It has the value it is declared with: a parameter's default, or null.</summary>
    Defaulted,

    /// <summary>It keeps what the constructor and its initializer give it.</summary>
    Initialized,
}
