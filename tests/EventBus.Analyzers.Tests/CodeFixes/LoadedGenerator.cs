using System.Reflection;
using EventBus.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests.CodeFixes;

/// <summary>
/// Has the generator run in a project of a workspace, as a reference to the package does. A workspace takes it from a file only.
/// </summary>
internal sealed class LoadedGenerator : IAnalyzerAssemblyLoader
{
    private LoadedGenerator()
    {
    }

    public static AnalyzerReference Reference { get; } = new AnalyzerFileReference(
        typeof(EventContractGenerator).Assembly.Location, new LoadedGenerator());

    public void AddDependencyLocation(string fullPath)
    {
    }

    public Assembly LoadFromPath(string fullPath) => typeof(EventContractGenerator).Assembly;
}
