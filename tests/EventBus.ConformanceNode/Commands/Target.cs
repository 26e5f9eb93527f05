using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>The target of a command: <c>rooms</c>, <c>except</c> and <c>flags</c>.</summary>
internal static class Target
{
    public static BroadcastOperator<IUntypedEvents> Of(Command command, IBusNamespace nsp)
    {
        var target = (command.Texts("rooms") is { Length: > 0 } rooms ? nsp.All.To(rooms) : nsp.All).Except(command.Texts("except"));
        foreach (var (name, value) in command.Booleans("flags"))
        {
            target = name switch
            {
                "local" => value ? target.Local : target,
                "volatile" => value ? target.Volatile : target,
                "compress" => target.Compress(value),
                _ => throw Unknown(name),
            };
        }

        return target;
    }

    public static PublisherOperator<IUntypedEvents> Of(Command command, PublisherOperator<IUntypedEvents> everyone)
    {
        var target = (command.Texts("rooms") is { Length: > 0 } rooms ? everyone.To(rooms) : everyone).Except(command.Texts("except"));
        foreach (var (name, value) in command.Booleans("flags"))
        {
            target = name switch
            {
                "local" => value ? throw new NotSupportedException("An emitter joins nothing, so it has no local sockets.") : target,
                "volatile" => value ? target.Volatile : target,
                "compress" => target.Compress(value),
                _ => throw Unknown(name),
            };
        }

        return target;
    }

    private static ArgumentException Unknown(string flag) => new($"There is no flag '{flag}'.");
}
