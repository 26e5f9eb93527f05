using System.Runtime.CompilerServices;
using EventBus.CompilerServices;
using MessagePack;
using MessagePack.Formatters;

namespace EventBus.MessagePack;

/// <summary>Gives the formatters that EventBus generates for the payload types of contracts to MessagePack-CSharp.</summary>
/// <remarks>
/// <para>
/// A payload type is a class, struct or union that an event carries, directly or inside another. For any other type the resolver returns
/// null, so combine it with another resolver: <c>CompositeResolver.Create(EventBusResolver.Instance, StandardResolver.Instance)</c>.
/// </para>
/// <para>The bytes are those of an attachment. The resolver uses no reflection, and is thread-safe.</para>
/// </remarks>
public sealed class EventBusResolver : IFormatterResolver
{
    private EventBusResolver()
    {
    }

    /// <summary>The only instance.</summary>
    public static EventBusResolver Instance { get; } = new();

    /// <summary>
    /// Loads the formatters of the assembly that declares a contract. Call it before the first use of a payload type that is declared in
    /// another assembly; otherwise it is not necessary.
    /// </summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    public static void Load<TContract>()
        where TContract : class => RuntimeHelpers.RunModuleConstructor(typeof(TContract).Module.ModuleHandle);

    /// <summary>The formatter of a payload type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>Null if no contract carries the type.</returns>
    public IMessagePackFormatter<T>? GetFormatter<T>() => Cache<T>.Formatter;

    private static class Cache<T>
    {
        private static PayloadMessagePackFormatter<T>? _formatter;

        // Not cached before it is found: the assembly of its contract may be loaded later.
        public static PayloadMessagePackFormatter<T>? Formatter =>
            _formatter ??= PayloadFormatters.Find<T>() is { } payload ? new PayloadMessagePackFormatter<T>(payload) : null;
    }
}
