using EventBus.Transport.Postgres;

namespace EventBus.Tests.Transport;

public sealed class SqlIdentifierTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("quo\"te", "\"quo\"\"te\"")]
    [InlineData("socket.io#/é🎉", "\"socket.io#/é🎉\"")]
    public void Names_are_quoted(string name, string quoted) => Assert.Equal(quoted, SqlIdentifier.Quote(name));

    [Fact]
    public void The_limit_is_63_bytes_not_characters()
    {
        Assert.Equal(65, SqlIdentifier.Quote(new string('x', 63)).Length);
        Assert.Contains("64 bytes", Assert.Throws<ArgumentException>(() => SqlIdentifier.Quote(new string('é', 32))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_PostgreSQL_chokes_on_are_refused()
    {
        // An attribute could not hold the lone surrogate.
        foreach (var name in (string[])["", "a\0", "a\ud800"])
            Assert.Throws<ArgumentException>(() => SqlIdentifier.Quote(name));
    }

    [Fact]
    public void A_table_may_have_a_schema()
    {
        Assert.Equal("\"t\"", new AttachmentSchema("t").Table);
        Assert.Equal("\"s\".\"t\"", new AttachmentSchema("s.t").Table);
    }
}
