using EventBus.SampleContracts;

namespace EventBus.Generators.Tests.Running;

/// <summary>A handler as a user writes one.</summary>
internal sealed class ChatRecorder : IChatEvents
{
    public List<string> Received { get; } = [];

    public TaskCompletionSource MayFinish { get; } = new();

    public void Ping(DateTimeOffset at) => Received.Add($"ping {at:O}");

    public ValueTask Message(string user, string text, Priority? priority)
    {
        Received.Add($"{user}: {text} ({priority})");
        return ValueTask.CompletedTask;
    }

    public async Task Photo(string user, ReadOnlyMemory<byte> jpeg)
    {
        await MayFinish.Task;
        Received.Add($"{user} {Convert.ToHexString(jpeg.Span)}");
    }

    public void Idle() => Received.Add("idle");
}
