namespace EventBus.Analyzers;

/// <summary>The categories of the rules, one per range of ids.</summary>
internal static class DiagnosticCategories
{
    /// <summary>EVB1xxx.</summary>
    public const string Declaring = "EventBus.Declaring";

    /// <summary>EVB2xxx.</summary>
    public const string Using = "EventBus.Using";

    /// <summary>EVB3xxx.</summary>
    public const string Hosting = "EventBus.Hosting";
}
