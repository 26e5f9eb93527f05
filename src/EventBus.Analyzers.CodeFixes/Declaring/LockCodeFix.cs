using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1040, EVB1041, EVB1042: records a change in the contract lock, where it is accepted.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".txt"])]
[Shared]
public sealed class LockCodeFix : CodeFixProvider
{
    internal const string Title = "Record it in the contract lock";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticIds.EventChanged, DiagnosticIds.EventRemoved, DiagnosticIds.EventNotRecorded];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new LockFixAll();

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.TextDocument.Project;
        foreach (var diagnostic in context.Diagnostics)
            context.RegisterCodeFix(CodeAction.Create(Title, token => LockEdit.ApplyAsync(project, [diagnostic], token), Title), diagnostic);
        return Task.CompletedTask;
    }
}
