using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>How many bytes an event's whole notification takes: the message around it, whom it goes to, and its arguments.</summary>
internal static class EventBounds
{
    /// <summary>PostgreSQL refuses a notification of so many bytes, so no project has a greater threshold.</summary>
    public const int PayloadLimit = 8000;

    /// <summary>What the names of rooms, to and except, may take together, quotes and commas included: six rooms with the length of a Guid.</summary>
    public const int TargetAllowance = 256;

    // What every broadcast has, without the event's name, uid, bus namespace, number and arguments.
    private const string Envelope =
        """{"type":3,"data":{"packet":{"type":2,"data":[]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"","nsp":,"eb":{"s":"0123456789abcdef","n":}}""";

    private const string AllFlags = "\"volatile\":true,\"compress\":false";

    // A uid is 16 digits where nobody sets another, of 1 to 64 characters. A number has 1 to 19 digits; a unique id in its place takes less than uid and number at most.
    private static readonly ByteBounds Sender = new(1 + 1, 16 + TypicalSizes.NumberDigits, 64 + 19);

    private static readonly ByteBounds Target = new(0, TypicalSizes.Room + 2, TargetAllowance + AllFlags.Length);

    // What an event that is answered has in addition: "requestId":"0123456789abcdef", and among the flags "timeout":1 to 2147483647.
    private static readonly ByteBounds Question = new(31 + 11, 31 + 14, 31 + 20 + 1 + "\"expectSingleResponse\":true,".Length);

    public static ByteBounds Of(IMethodSymbol method, INamedTypeSymbol contract, TypeBounds types) =>
        ProvidedParameter.OthersOf(method).Aggregate(Fixed(method, contract), (sum, parameter) => sum + types.Of(parameter) + 1) + Sender + Target + (IsAnswered(method) ? Question : ByteBounds.None);

    private static bool IsAnswered(IMethodSymbol method) => method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 };

    private static ByteBounds Fixed(IMethodSymbol method, INamedTypeSymbol contract) =>
        ByteBounds.Exactly(Envelope.Length + TextBounds.Quoted(WireName.OfEvent(method)) + TextBounds.Quoted(BusNamespaceCheck.NameOf(contract)));
}
