namespace EventBus.Generators.Model;

/// <summary>A member of an enum and its name on the wire.</summary>
/// <param name="Value">The member as source.</param>
/// <param name="WireName">The name on the wire as a C# literal.</param>
/// <param name="IsSecond">Whether a member before it has the same value, which then is written by that one's name.</param>
internal sealed record EnumNameModel(string Value, string WireName, bool IsSecond);
