namespace EventBus.IntegrationTests.Transport;

/// <summary>The channel and table of one test.</summary>
internal sealed record TestNames(string Channel, string Table)
{
    public static TestNames Create()
    {
        var unique = Guid.NewGuid().ToString("N")[..12];
        return new($"test-{unique}#/", $"attachments_{unique}");
    }
}
