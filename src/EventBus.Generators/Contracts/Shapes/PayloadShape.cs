using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>The members of a class or struct that are on the wire, and the constructor that reads them back.</summary>
internal sealed class PayloadShape
{
    private PayloadShape(ImmutableArray<PayloadMember> members, IMethodSymbol? constructor, Reach constructing, string? problem)
    {
        Members = members;
        Constructor = constructor;
        Constructing = constructing;
        Problem = problem;
    }

    /// <summary>The members in the order in which they are written: the members of base classes first.</summary>
    public ImmutableArray<PayloadMember> Members { get; }

    public IMethodSymbol? Constructor { get; }

    /// <summary>How the constructor is called.</summary>
    public Reach Constructing { get; }

    /// <summary>Why the type cannot be read back, as the end of a sentence; null if it can.</summary>
    public string? Problem { get; }

    public static PayloadShape Of(INamedTypeSymbol type, TypeShapeReader shapes)
    {
        var reach = new MemberReach(shapes.Compilation);
        var members = PayloadMembers.Of(type, reach);
        var constructor = PayloadConstructor.Find(type, members, reach);
        if (constructor is null)
            return new PayloadShape(members, null, Reach.None, PayloadConstructor.WhyNone(type, shapes.Compilation));

        foreach (var parameter in constructor.Parameters)
            PayloadConstructor.Match(parameter, members)!.Parameter = parameter;

        // Only an object initializer can set an 'init' property by name, and a call of an accessor has none.
        var constructing = reach.Of(constructor);
        if (constructing == Reach.Accessor)
        {
            foreach (var member in members.Where(static member => member.Setting == Reach.Direct))
                member.Setting = Reach.Accessor;
        }

        // A struct without a constructor of its own has no collections.
        var makesCollections = !(type.IsValueType && constructor.IsImplicitlyDeclared);
        foreach (var member in members.Where(static member => member is { IsReadBack: false, IsStoredObject: true }))
            member.IsFilled = makesCollections && shapes.Read(member).IsFillable;

        var written = members.Where(static member => member.IsReadBack).ToImmutableArray();
        return new PayloadShape(written, constructor, constructing, PayloadProblem.Find(type, members, written, shapes));
    }
}
