using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

internal sealed class GlobalEvents(Way<IGlobalEvents> way) : Events<IGlobalEvents>(way), IGlobalEvents
{
    public void Ping(GlobalPayload payload) => Send(Target.Ping(payload));

    public static void Play(IGlobalEvents to)
    {
        to.Ping(new(1));
    }
}

internal sealed class ObliviousEvents(Way<IObliviousEvents> way) : Events<IObliviousEvents>(way), IObliviousEvents
{
    public void Ping(string? text, List<string?>? list, ObliviousPayload? payload, byte[]? bytes) =>
        Send(Target.Ping(text, list, payload, bytes));

    public static void Play(IObliviousEvents to)
    {
        to.Ping("text", ["a", null], new() { Text = null, Map = new() { ["b"] = null } });
    }
}

internal sealed class NestedEvents(Way<Outer.INestedEvents> way) : Events<Outer.INestedEvents>(way), Outer.INestedEvents
{
    public void Ping(Outer.Payload payload) => Send(Target.Ping(payload));

    public static void Play(Outer.INestedEvents to)
    {
        to.Ping(new(2));
    }
}

internal sealed class RootEvents(Way<IRootEvents> way) : Events<IRootEvents>(way), IRootEvents
{
    public ValueTask Root(Order order) => new(Send(Target.Root(order)));

    public static async Task PlayAsync(IRootEvents to)
    {
        await to.Root(Samples.Order);
    }
}

internal sealed class LeftEvents(Way<ILeftEvents> way) : Events<ILeftEvents>(way), ILeftEvents
{
    public ValueTask Root(Order order) => new(Send(Target.Root(order)));

    public void Left(string text) => Send(Target.Left(text));

    public static async Task PlayAsync(ILeftEvents to)
    {
        await to.Root(Samples.Order);
        to.Left("left");
    }
}

internal sealed class RightEvents(Way<IRightEvents> way) : Events<IRightEvents>(way), IRightEvents
{
    public ValueTask Root(Order order) => new(Send(Target.Root(order)));

    public Task Right() => Send(Target.Right());

    public static async Task PlayAsync(IRightEvents to)
    {
        await to.Root(Samples.Order);
        await to.Right();
    }
}

internal sealed class DiamondEvents(Way<IDiamondEvents> way) : Events<IDiamondEvents>(way), IDiamondEvents
{
    public ValueTask Root(Order order) => new(Send(Target.Root(order)));

    public void Left(string text) => Send(Target.Left(text));

    public Task Right() => Send(Target.Right());

    public void Bottom(int value) => Send(Target.Bottom(value));

    public static async Task PlayAsync(IDiamondEvents to)
    {
        await to.Root(Samples.Order);
        to.Left("left");
        await to.Right();
        to.Bottom(5);
    }
}
