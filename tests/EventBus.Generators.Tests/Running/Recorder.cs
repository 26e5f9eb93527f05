using System.Reflection;

namespace EventBus.Generators.Tests.Running;

/// <summary>A handler of any contract that records the arguments of each call.</summary>
public class Recorder<TContract> : DispatchProxy
    where TContract : class
{
    private readonly List<(string Event, object?[] Arguments)> _calls = [];

    /// <summary>The last event and its arguments.</summary>
    public (string Event, object?[] Arguments) Last => _calls[^1];

    public static (TContract Handler, Recorder<TContract> Recorder) Create()
    {
        var handler = DispatchProxy.Create<TContract, Recorder<TContract>>();
        return (handler, (Recorder<TContract>)(object)handler);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _calls.Add((targetMethod!.Name, args ?? []));
        if (targetMethod.ReturnType == typeof(Task))
            return Task.CompletedTask;
        return targetMethod.ReturnType == typeof(ValueTask) ? ValueTask.CompletedTask : null;
    }
}
