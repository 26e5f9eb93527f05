namespace EventBus.Tests.Values;

public sealed class JournalPositionTests
{
    [Fact]
    public void Text_is_read_back()
    {
        const string Text = "00000001|1|735:740:736,738|12|900:900:|15|14|3|639000000000000000";
        var position = JournalPosition.Parse(Text);
        Assert.Equal(Text, position.ToString());
        Assert.Equal("00000001|1|735:740:736,738|12|900:900:|15", position.Window);
        Assert.Equal((14L, 3, TimeSpan.Zero), (position.Row, position.Index, position.At.Offset));
        Assert.Equal(position, JournalPosition.Parse(Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1|1|1")]
    [InlineData("memory|1|1|-1")]
    [InlineData("memory|1|9999999999|1")]
    [InlineData("memory|1|1|9999999999999999999")]
    [InlineData("memory|one|1|1")]
    public void Other_text_is_rejected(string? text)
    {
        Assert.False(JournalPosition.TryParse(text, null, out _));
        if (text is not null)
            Assert.Throws<FormatException>(() => JournalPosition.Parse(text));
    }

    [Fact]
    public void Identity_has_one_text()
    {
        Assert.Equal("00ff/n42@socket.io#/", new EventIdentity("00ff", "socket.io#/", 42, IsTransactional: false).ToString());
        Assert.Equal("00ff/i2a@socket.io#/", new EventIdentity("00ff", "socket.io#/", 42, IsTransactional: true).ToString());
        Assert.Equal(
            "00ff/iffffffffffffffff@socket.io#/", new EventIdentity("00ff", "socket.io#/", -1, IsTransactional: true).ToString());
    }
}
