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
    public async Task MaxLength_added_is_the_greatest_round_number_that_fits()
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
    public async Task MaxLength_is_added_to_members_in_other_files()
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
    public async Task MaxLength_fix_all_uses_the_lower_limit_of_a_shared_member(FixAllScope scope)
    {
        var chat = Chat.Replace("string user, string text", "Order order, string text", StringComparison.Ordinal);
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(chat, Shop.Replace("string[]", "int[]", StringComparison.Ordinal))
            .FixAllAsync(scope);

        Assert.Contains("Order order, [MaxLength(300)] string text", files[0]);
        Assert.Contains("[MaxLength(300)] string Note", files[1]);
    }

    [Fact]
    public async Task MaxLength_is_small_if_elements_stay_unbounded()
    {
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(
            Chat.Replace("string user, string text", "int number", StringComparison.Ordinal), Shop)
            .FixFirstAsync();

        Assert.Contains("[MaxLength(100)] string Note", files[1]);
        Assert.Contains("[MaxLength(100)]\n    public string[]? Lines", files[1]);
    }

    [Fact]
    public async Task StringLength_is_used_in_a_trimmed_project()
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
    public async Task MaxLength_without_a_limit_is_replaced()
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
    public async Task MaxLength_keeps_the_documentation_of_the_type()
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
    public async Task Threshold_comes_from_the_project()
    {
        var files = await Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(Chat, Shop).With("build_property.EventBusPayloadThreshold = 1000")
            .FixFirstAsync();

        Assert.Contains("[MaxLength(38)] string user", files[0]);
    }

    [Theory]
    [InlineData("Uri link")]
    [InlineData("[MaxLength(2000)] string text")]
    public Task MaxLength_is_not_offered_if_no_limit_helps(string parameters) => Fixing<EventSizeAnalyzer, MaxLengthCodeFix>.Of(
        "using System.ComponentModel.DataAnnotations;\n" + Chat.Replace("string user, string text", parameters, StringComparison.Ordinal)
            .Replace("void Placed(Order order);", "", StringComparison.Ordinal)).OffersNothingAsync();
}
