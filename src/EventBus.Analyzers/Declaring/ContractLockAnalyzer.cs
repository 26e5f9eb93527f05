using System.Collections.Concurrent;
using EventBus.Analyzers.Locking;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Forms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1040, EVB1041, EVB1042, EVB1043: contracts are what the project's lock says. Without one it does nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractLockAnalyzer() : EventBusAnalyzer(
    DiagnosticDescriptors.EventChanged, DiagnosticDescriptors.EventRemoved, DiagnosticDescriptors.EventNotRecorded, DiagnosticDescriptors.MeaninglessLockLine)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        if (ContractLock.Of(context.Options.AdditionalFiles, context.CancellationToken) is not { } contractLock)
            return;

        // Each event's form, and the line that it was held against.
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

                // Of a contract that breaks a rule nobody can say what is gone.
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
            foreach (var line in isKnown ? Gone(contractLock, found) : [])
                end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.EventRemoved, line.Location, LockProperties.Of(null, line), line.Form!.Key));
            foreach (var (line, reason) in contractLock.Faults)
                end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.MeaninglessLockLine, line.Location, reason));
        });
    }

    private static void Compare(IMethodSymbol method, INamedTypeSymbol contract, EventForm form, LockLine? line, Action<Diagnostic> report)
    {
        var text = form.ToString();
        if (line?.Text == text)
            return;

        // An inherited event is told where it is declared, unless that is another bus namespace or another assembly.
        var symbol = SymbolEqualityComparer.Default.Equals(method.ContainingType, contract) ? method : (ISymbol)contract;
        var change = line is null ? null : FormChange.FindBreak(line.Form!, form);
        report(change is null
            ? Diagnostic.Create(DiagnosticDescriptors.EventNotRecorded, symbol.Locations[0], LockProperties.Of(text, line), method.Name, text)
            : Diagnostic.Create(DiagnosticDescriptors.EventChanged, symbol.Locations[0], LockProperties.Of(text, line), method.Name, change));
    }

    // A line is gone where no event has its name, or where all that have it keep to other lines.
    private static IEnumerable<LockLine> Gone(ContractLock contractLock, IEnumerable<(EventForm Form, LockLine? Line)> found)
    {
        var kept = new HashSet<LockLine?>(found.Select(static pair => pair.Line));
        var texts = new HashSet<string>(found.Select(static pair => pair.Form.ToString()));
        return contractLock.Lines.Where(line => !kept.Contains(line) && !texts.Contains(line.Text));
    }
}
