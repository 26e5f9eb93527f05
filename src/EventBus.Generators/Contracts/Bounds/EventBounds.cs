using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>The bytes that the whole notification of an event takes: the message around it, its target, and its arguments.</summary>
internal static class EventBounds
{
    /// <summary>PostgreSQL rejects a notification of this many bytes, so no project can have a greater threshold.</summary>
    public const int PayloadLimit = 8000;

    /// <summary>The bytes that all names of rooms may take, with quotes and commas: six rooms with the length of a Guid.</summary>
    public const int TargetAllowance = 256;

    // The parts that every broadcast has, without the event's name, uid, bus namespace, number and arguments.
    private const string Envelope =
        """{"type":3,"data":{"packet":{"type":2,"data":[]},"opts":{"rooms":[],"except":[],"flags":{}}}"""
        + ""","uid":"","nsp":,"eb":{"s":"0123456789abcdef","n":}}""";

    private const string AllFlags = "\"volatile\":true,\"compress\":false";

    // A uid has 16 digits by default, and 1 to 64 characters if it is set. A number has 1 to 19 digits;
    // a unique id in its place takes fewer bytes than the longest uid and number.
    private static readonly ByteBounds Sender = new(1 + 1, 16 + TypicalSizes.NumberDigits, 64 + 19);

    private static readonly ByteBounds Target = new(0, TypicalSizes.Room + 2, TargetAllowance + AllFlags.Length);

    // The additional parts of an acknowledged event: "requestId":"0123456789abcdef", and among the flags "timeout":1 to 2147483647.
    private static readonly ByteBounds Request = new(31 + 11, 31 + 14, 31 + 20 + 1 + "\"expectSingleResponse\":true,".Length);

    public static ByteBounds Of(IMethodSymbol method, INamedTypeSymbol contract, TypeBounds types)
    {
        var around = Fixed(method, contract) + Sender + Target;
        if (EventSignature.AckType(method) is not null)
            around += Request;
        return EventSignature.SentParameters(method).Aggregate(around, (sum, parameter) => sum + types.Of(parameter) + 1);
    }

    private static ByteBounds Fixed(IMethodSymbol method, INamedTypeSymbol contract) => ByteBounds.Exactly(
        Envelope.Length + TextBounds.Quoted(WireName.OfEvent(method)) + TextBounds.Quoted(BusNamespace.Of(contract)));
}
