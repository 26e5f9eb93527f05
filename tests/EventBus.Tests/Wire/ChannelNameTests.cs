using EventBus.Wire;

namespace EventBus.Tests.Wire;

public class ChannelNameTests
{
    [Theory]
    [InlineData("socket.io", "/", "socket.io#/")]
    [InlineData("socket.io", "/é日本🎉", "socket.io#/é日本🎉")]
    [InlineData("my\"prefix", "/chat", "my\"prefix#/chat")]
    public void Of_joins_prefix_and_namespace(string prefix, string busNamespace, string channel) =>
        Assert.Equal(channel, ChannelName.Of(prefix, busNamespace));

    [Fact]
    public void Of_accepts_63_bytes()
    {
        Assert.Equal(63, ChannelName.Of("p", "/" + new string('x', 60)).Length);
        Assert.Equal(63, System.Text.Encoding.UTF8.GetByteCount(ChannelName.Of("p", "/" + new string('é', 30))));
    }

    [Theory]
    [InlineData("x", 61)]
    [InlineData("é", 31)]
    public void Of_rejects_more_than_63_bytes_and_names_the_limit(string character, int count)
    {
        var busNamespace = "/" + string.Concat(Enumerable.Repeat(character, count));
        var exception = Assert.Throws<ArgumentException>("busNamespace", () => ChannelName.Of("p", busNamespace));
        Assert.Contains("63", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_rejects_names_that_PostgreSQL_cannot_store() => Assert.All(["", "a\0b", "a\ud800", "\udc00a", "\ud800\ud800"], part =>
    {
        Assert.Throws<ArgumentException>("prefix", () => ChannelName.Of(part, "/"));
        Assert.Throws<ArgumentException>("busNamespace", () => ChannelName.Of("socket.io", part));
    });
}
