using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>Names that could clash with the emitted code's own.</summary>
[BroadcastEvent]
[SuppressMessage("Naming", "CA1716:Identifiers should not match keywords", Justification = "That is the point.")]
[SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "That is the point.")]
[SuppressMessage("Style", "IDE1006:Naming rule violation", Justification = "That is the point.")]
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "That is the point.")]
[SuppressMessage("Naming", "CA1708:Identifiers should differ by more than case", Justification = "That is the point.")]
[SuppressMessage("Usage", "CA1801:Review unused parameters", Justification = "That is the point.")]
public interface INameEvents
{
    /// <summary>Parameters.</summary>
    void Parameters(
        int target, string cancellationToken, int @class, int value, int writer, int reader, int arguments, int handler,
        int _a, int a, int @default, int target_, int global, int System);

    /// <summary>Has the name of a registration.</summary>
    void Register(int register);

    /// <summary>Is a keyword.</summary>
    void @event(int @event);

    /// <summary>Has a definition with the name of the next event.</summary>
    void Twice();

    /// <summary>Has the name of another event's definition.</summary>
    void TwiceEvent();

    /// <summary>Overloaded.</summary>
    [EventName("twice-more")]
    void Twice(int times);

    /// <summary>Has as many parameters as arguments have items.</summary>
    void Seven(int a, int b, int c, int d, int e, int f, int g);

    /// <summary>Has one more.</summary>
    void Eight(int a, int b, int c, int d, int e, int f, int g, int h);

    /// <summary>Has more than twice as many parameters as arguments have items.</summary>
    void Many(
        int a, int b, int c, int d, int e, string f = "f", string? g = "g", string h = "h", int i = 9, int j = 10,
        int k = 11, int l = 12, int m = 13, int n = 14, string o = "o", int p = 16, string? q = "q");

    /// <summary>Has the names of the formatters' locals for members.</summary>
    void Locals(Locals locals);
}
