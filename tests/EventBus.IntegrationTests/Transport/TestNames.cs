namespace EventBus.IntegrationTests.Transport;

/// <summary>A channel and a table of a test's own.</summary>
internal sealed record TestNames(string Channel, string Table)
{
    public static TestNames Create()
    {
        var unique = Guid.NewGuid().ToString("N")[..12];
        return new($"test-{unique}#/", $"attachments_{unique}");
    }
}
