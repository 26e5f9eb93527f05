using System.Reflection;

namespace EventBus.Analyzers;

/// <summary>The page of each rule.</summary>
internal static class RulePages
{
    /// <summary>The public address of the repository that this assembly was built from; null if it was built without one.</summary>
    public static string? Repository { get; } = typeof(RulePages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(static metadata => metadata.Key == "RepositoryUrl")?.Value;

    /// <summary>The help link of a rule, which leads to the repository that this assembly was built from.</summary>
    public static string HelpLink(string id) => Address(id, Repository);

    /// <summary>The page in the repository; without its address the page in the package, which has the same path there.</summary>
    public static string Address(string id, string? repository) =>
        string.IsNullOrEmpty(repository) ? $"docs/rules/{id}.md" : $"{repository}/blob/main/docs/rules/{id}.md";
}
