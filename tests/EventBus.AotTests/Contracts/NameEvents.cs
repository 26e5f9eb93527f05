using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

internal sealed class NameEvents(Way<INameEvents> way) : Events<INameEvents>(way), INameEvents
{
    public void Parameters(
        int target, string cancellationToken, int @class, int value, int writer, int reader, int arguments, int handler, int _a,
        int a, int @default, int target_, int global, int System) =>
        Send(Target.Parameters(
            target, cancellationToken, @class, value, writer, reader, arguments, handler, _a, a, @default, target_, global, System));

    public void Register(int register) => Send(Target.Register(register));

    public void @event(int @event) => Send(Target.@event(@event));

    public void Twice() => Send(Target.Twice());

    public void TwiceEvent() => Send(Target.TwiceEvent());

    public void Twice(int times) => Send(Target.Twice(times));

    public void Seven(int a, int b, int c, int d, int e, int f, int g) => Send(Target.Seven(a, b, c, d, e, f, g));

    public void Eight(int a, int b, int c, int d, int e, int f, int g, int h) => Send(Target.Eight(a, b, c, d, e, f, g, h));

    public void Many(
        int a, int b, int c, int d, int e, string f, string? g, string h, int i, int j, int k, int l, int m, int n, string o,
        int p, string? q) =>
        Send(Target.Many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q));

    public void Locals(Locals locals) => Send(Target.Locals(locals));

    public static void Play(INameEvents to)
    {
        to.Parameters(1, "two", 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
        to.Register(1);
        to.@event(2);
        to.Twice();
        to.TwiceEvent();
        to.Twice(3);
        to.Seven(1, 2, 3, 4, 5, 6, 7);
        to.Eight(1, 2, 3, 4, 5, 6, 7, 8);
        to.Many(1, 2, 3, 4, 5);
        to.Locals(new(1, 2, 3, 4, 5, 6, 7, 8, true));
    }
}
