using EventBus.Transport.Sql;

namespace EventBus.Tests.Transport;

public sealed class SqlIdentifierTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("quo\"te", "\"quo\"\"te\"")]
    [InlineData("socket.io#/é🎉", "\"socket.io#/é🎉\"")]
    public void Quote_quotes_names(string name, string quoted) => Assert.Equal(quoted, SqlIdentifier.Quote(name));

    [Fact]
    public void Quote_limit_is_63_bytes()
    {
        Assert.Equal(65, SqlIdentifier.Quote(new string('x', 63)).Length);
        Assert.Contains(
            "64 bytes", Assert.Throws<ArgumentException>(() => SqlIdentifier.Quote(new string('é', 32))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quote_rejects_names_that_PostgreSQL_cannot_store()
    {
        // An attribute cannot contain a lone surrogate.
        foreach (var name in (string[])["", "a\0", "a\ud800"])
            Assert.Throws<ArgumentException>(() => SqlIdentifier.Quote(name));
    }

    [Fact]
    public void Table_may_have_a_schema()
    {
        Assert.Equal("\"t\"", new AttachmentSchema("t").Table);
        Assert.Equal("\"s\".\"t\"", new AttachmentSchema("s.t").Table);
    }
}
