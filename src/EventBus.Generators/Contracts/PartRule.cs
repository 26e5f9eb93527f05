namespace EventBus.Generators.Contracts;

/// <summary>The rule that a part of a parameter's type breaks. Of an answer, both are EVB1003.</summary>
internal enum PartRule
{
    /// <summary>EVB1002: the type has no form on the wire.</summary>
    Type,

    /// <summary>EVB1012: the class or struct cannot be read back.</summary>
    Payload,

    /// <summary>EVB1013: a <c>[Formatter]</c> is none of the type.</summary>
    Formatter,

    /// <summary>EVB1014: the cases of a union cannot be told apart.</summary>
    Union,
}
