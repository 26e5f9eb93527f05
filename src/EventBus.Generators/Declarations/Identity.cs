using System.Runtime.CompilerServices;

namespace EventBus.Generators.Declarations;

/// <summary>Identifies objects of the compiler without keeping them alive.</summary>
internal static class Identity
{
    private static readonly ConditionalWeakTable<object, object> Known = new();

    /// <summary>An object that stands for another one, always the same.</summary>
    public static object Of(object value) => Known.GetValue(value, static _ => new object());
}
