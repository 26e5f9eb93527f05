namespace EventBus.InteropTests.SocketIo;

/// <summary>An argument with members.</summary>
public sealed record InteropOrder(string Customer, int Count, IReadOnlyList<string> Items, double? Discount);
