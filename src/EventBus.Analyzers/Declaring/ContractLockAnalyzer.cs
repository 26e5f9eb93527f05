using System.Collections.Concurrent;
using EventBus.Analyzers.Locking;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Forms;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1040 to EVB1043: contracts match the project's contract lock. Projects without a lock are not analyzed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractLockAnalyzer() : EventBusAnalyzer(
    DiagnosticDescriptors.EventChanged,
    DiagnosticDescriptors.EventRemoved,
    DiagnosticDescriptors.EventNotRecorded,
    DiagnosticDescriptors.MeaninglessLockLine)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        if (ContractLock.Of(context.Options.AdditionalFiles, context.CancellationToken) is not { } contractLock)
            return;

        // The form of each event, and the line that it was compared with.
        var found = new ConcurrentBag<(EventForm Form, LockLine? Line)>();
        var isKnown = true;
        var shapes = new TypeShapeReader(context.Compilation);
        var declared = new DeclaredForms(shapes);
        context.RegisterSymbolAction(
            symbol =>
            {
                var contract = (INamedTypeSymbol)symbol.Symbol;
                if (!ContractEvents.IsContract(contract))
                    return;

                // The events of a contract that breaks a rule are not known, so no line can be reported as removed.
                if (!ContractValidity.IsValid(contract, shapes))
                {
                    isKnown = false;
                    return;
                }

                var reader = new FormReader(shapes);
                foreach (var method in ContractEvents.Of(contract))
                {
                    var form = reader.Read(method, contract);
                    var line = contractLock.Find(form, declared);
                    found.Add((form, line));
                    Compare(method, contract, form, line, symbol.ReportDiagnostic);
                }
            },
            SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var line in isKnown ? FindRemoved(contractLock, found) : [])
            {
                var properties = LockProperties.Of(null, line);
                end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.EventRemoved, line.Location, properties, line.Form!.Key));
            }

            foreach (var (line, reason) in contractLock.Faults)
                end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.MeaninglessLockLine, line.Location, reason));
        });
    }

    private static void Compare(
        IMethodSymbol method, INamedTypeSymbol contract, EventForm form, LockLine? line, Action<Diagnostic> report)
    {
        var text = form.ToString();
        if (line?.Text == text)
            return;

        // An inherited event is reported at the contract that inherits it: it may be declared in another bus namespace or assembly.
        var symbol = SymbolEqualityComparer.Default.Equals(method.ContainingType, contract) ? method : (ISymbol)contract;
        var change = line is null ? null : FormChange.FindBreak(line.Form!, form);
        var rule = change is null ? DiagnosticDescriptors.EventNotRecorded : DiagnosticDescriptors.EventChanged;
        report(Diagnostic.Create(rule, symbol.Locations[0], LockProperties.Of(text, line), method.Name, change ?? text));
    }

    // The event of a line is removed if no event has its name, or if all events of that name keep to other lines.
    private static IEnumerable<LockLine> FindRemoved(ContractLock contractLock, IEnumerable<(EventForm Form, LockLine? Line)> found)
    {
        var kept = new HashSet<LockLine?>(found.Select(static pair => pair.Line));
        var texts = new HashSet<string>(found.Select(static pair => pair.Form.ToString()));
        return contractLock.Lines.Where(line => !kept.Contains(line) && !texts.Contains(line.Text));
    }
}
