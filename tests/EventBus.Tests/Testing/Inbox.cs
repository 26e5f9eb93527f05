using System.Threading.Channels;

namespace EventBus.Tests.Testing;

/// <summary>What a handler received, to be awaited one by one. A test whose event never comes fails by its own timeout and not by a guess.</summary>
internal sealed class Inbox<T>
{
    private readonly Channel<T> _received = Channel.CreateUnbounded<T>();

    public int Count => _received.Reader.Count;

    public void Add(T value) => _received.Writer.TryWrite(value);

    public async Task<T> NextAsync() => await _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async Task<T[]> NextAsync(int count)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = await NextAsync();
        return values;
    }
}
