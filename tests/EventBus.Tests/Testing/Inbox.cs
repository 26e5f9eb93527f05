using System.Threading.Channels;

namespace EventBus.Tests.Testing;

/// <summary>The values that a handler received, to be awaited one by one. The wait fails after 30 seconds.</summary>
internal sealed class Inbox<T>
{
    private readonly Channel<T> _received = Channel.CreateUnbounded<T>();

    public int Count => _received.Reader.Count;

    public void Add(T value) => _received.Writer.TryWrite(value);

    public async Task<T> NextAsync() =>
        await _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async Task<T[]> NextAsync(int count)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = await NextAsync();
        return values;
    }
}
