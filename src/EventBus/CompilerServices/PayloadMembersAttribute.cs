using System.ComponentModel;
using System.Diagnostics;

namespace EventBus.CompilerServices;

/// <summary>
/// Lists the members that a generated formatter writes. The analyzers compare them with the members of the compiled type, which may have
/// more: a source generator does not see the output of another one. The attribute is only in source: no assembly contains it.
/// </summary>
/// <param name="names">The names on the wire in the order in which they are written, with spaces between them.</param>
[Conditional("EVENTBUS_ANALYSIS")]
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PayloadMembersAttribute(string names) : Attribute
{
    /// <summary>
    /// The names on the wire in the order in which they are written, with spaces between them. A name with other characters than letters,
    /// digits, <c>_</c>, <c>-</c> and <c>.</c> is in quotes.
    /// </summary>
    public string Names { get; } = names;
}
