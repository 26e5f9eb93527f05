namespace EventBus.Analyzers.Tests;

public sealed class RulePagesTests
{
    [Theory]
    [InlineData("https://example.org/eventbus", "https://example.org/eventbus/blob/main/docs/rules/EVB1001.md")]
    [InlineData("", "docs/rules/EVB1001.md")]
    [InlineData(null, "docs/rules/EVB1001.md")]
    public void Address_is_in_the_repository_or_else_in_the_package(string? repository, string address) =>
        Assert.Equal(address, RulePages.Address("EVB1001", repository));

    [Fact]
    public void HelpLinkUri_of_every_rule_is_its_address() => Assert.All(
        CatalogueTests.Ids.Select(static row => row.Data),
        static id => Assert.Equal(RulePages.Address(id, RulePages.Repository), CatalogueTests.DescriptorOf(id).HelpLinkUri));
}
