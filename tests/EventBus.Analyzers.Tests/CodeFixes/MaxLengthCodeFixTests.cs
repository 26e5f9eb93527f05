using EventBus.Analyzers.CodeFixes.Declaring;
using EventBus.Analyzers.Declaring;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EventBus.Analyzers.Tests.CodeFixes;

public sealed class MaxLengthCodeFixTests
{
    private const string Chat = """
        // A header.

        using EventBus;

        namespace Chat;

        [BroadcastEvent]
        public interface IChatEvents
        {
            /// <summary>A message.</summary>
            void Message(string user, string text);

            void Placed(Order order);
        }
        """;

    private const string Shop = """
        namespace Chat;

        public record Order(Guid Id, string Note)
        {
            /// <summary>Lines.</summary>
            public string[]? Lines { get; init; }
        }
        """;

    [Fact]
    public async Task The_greatest_round_length_that_fits_is_added()
    {
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(Chat, Shop.Replace("string[]", "int[]", StringComparison.Ordinal))
            .FixFirstAsync();

        Assert.Equal(
            Chat.Replace("using EventBus;", "using System.ComponentModel.DataAnnotations;\nusing EventBus;", StringComparison.Ordinal)
                .Replace(
                    "string user, string text", "[MaxLength(620)] string user, [MaxLength(620)] string text", StringComparison.Ordinal),
            files[0]);
    }

    [Fact]
    public async Task Members_of_payloads_in_other_files_are_limited()
    {
        var chat = Chat.Replace("string user, string text", "int number", StringComparison.Ordinal);
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(chat, Shop.Replace("string[]", "int[]", StringComparison.Ordinal))
            .FixFirstAsync();

        Assert.Equal(chat, files[0]);
        Assert.Equal(
            """
            using System.ComponentModel.DataAnnotations;
            namespace Chat;

            public record Order(Guid Id, [MaxLength(410)] string Note)
            {
                /// <summary>Lines.</summary>
                [MaxLength(410)]
                public int[]? Lines { get; init; }
            }
            """,
            files[1]);
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task All_are_fixed_at_once_and_a_shared_member_gets_the_lower_limit(FixAllScope scope)
    {
        var chat = Chat.Replace("string user, string text", "Order order, string text", StringComparison.Ordinal);
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(chat, Shop.Replace("string[]", "int[]", StringComparison.Ordinal))
            .FixAllAsync(scope);

        Assert.Contains("Order order, [MaxLength(300)] string text", files[0]);
        Assert.Contains("[MaxLength(300)] string Note", files[1]);
    }

    [Fact]
    public async Task Where_the_elements_stay_unbounded_a_small_limit_is_offered()
    {
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(
            Chat.Replace("string user, string text", "int number", StringComparison.Ordinal), Shop)
            .FixFirstAsync();

        Assert.Contains("[MaxLength(100)] string Note", files[1]);
        Assert.Contains("[MaxLength(100)]\n    public string[]? Lines", files[1]);
    }

    [Fact]
    public async Task A_project_that_is_analyzed_for_trimming_gets_StringLength_on_text()
    {
        var chat = Chat.Replace("string user, string text", "string? text, [MinLength(90)] List<int> items", StringComparison.Ordinal)
            .Replace(
                "using EventBus;",
                "using EventBus;\nusing System.Collections.Generic;\nusing System.ComponentModel.DataAnnotations;",
                StringComparison.Ordinal);
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(chat, Shop)
            .With("build_property.EnableTrimAnalyzer = true\nbuild_property.EventBusPayloadThreshold = 8000").FixFirstAsync();

        Assert.Contains("[StringLength(410)] string? text, [MinLength(90)] [MaxLength(410)] List<int> items", files[0]);
    }

    [Fact]
    public async Task A_MaxLength_that_limits_nothing_gives_way()
    {
        var chat = Chat.Replace(
            "string user, string text",
            "[MaxLength] string user, /* why */ [System.Runtime.InteropServices.In, MaxLength] string text",
            StringComparison.Ordinal)
            .Replace("using EventBus;", "using System.ComponentModel.DataAnnotations;\nusing EventBus;", StringComparison.Ordinal);
        var shop = Shop.Replace("public string[]?", "[MaxLength]\n    public int[]?", StringComparison.Ordinal);
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(chat, $"using System.ComponentModel.DataAnnotations;\n{shop}")
            .FixAllAsync();

        Assert.Contains(
            "[MaxLength(620)] string user, /* why */ [System.Runtime.InteropServices.In, MaxLength(620)] string text", files[0]);
        Assert.Contains("    /// <summary>Lines.</summary>\n    [MaxLength(410)]\n    public int[]? Lines", files[1]);
    }

    [Fact]
    public async Task The_documentation_of_a_type_stays_with_it()
    {
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(
            "// A header.\n\n/// <summary>Chat.</summary>\n[EventBus.BroadcastEvent]\n"
            + "public interface IChatEvents { void Message(string text); }")
            .FixFirstAsync();

        Assert.StartsWith(
            "// A header.\n\nusing System.ComponentModel.DataAnnotations;\n/// <summary>Chat.</summary>\n[EventBus.BroadcastEvent]",
            files[0]);
    }

    [Fact]
    public async Task The_threshold_is_the_projects()
    {
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(Chat, Shop).With("build_property.EventBusPayloadThreshold = 1000")
            .FixFirstAsync();

        Assert.Contains("[MaxLength(38)] string user", files[0]);
    }

    [Theory]
    [InlineData("Uri link")]
    [InlineData("[MaxLength(2000)] string text")]
    public Task What_cannot_be_limited_further_is_not_offered(string parameters) => Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(
        "using System.ComponentModel.DataAnnotations;\n" + Chat.Replace("string user, string text", parameters, StringComparison.Ordinal)
            .Replace("void Placed(Order order);", "", StringComparison.Ordinal)).OffersNothingAsync();
}
