using System.Text.Json;
using EventBus.Generators.Contracts;

namespace EventBus.Generators.Tests.Contracts;

public sealed class WireNameTests
{
    [Theory]
    [InlineData("Ping")]
    [InlineData("ping")]
    [InlineData("ID")]
    [InlineData("URLPath")]
    [InlineData("ID3Tag")]
    [InlineData("A1")]
    [InlineData("X")]
    [InlineData("AB")]
    [InlineData("_Value")]
    [InlineData("ÄÖTest")]
    [InlineData("İstanbul")]
    public void Of_camel_case_matches_JsonNamingPolicy(string name) =>
        Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName(name), WireName.CamelCase(name));
}
