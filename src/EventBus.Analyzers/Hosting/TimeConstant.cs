using System.Globalization;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Hosting;

/// <summary>Evaluates times that are constant, as <c>TimeSpan.FromSeconds(3)</c>.</summary>
internal static class TimeConstant
{
    private static readonly Dictionary<string, long> TicksPer = new()
    {
        ["FromTicks"] = 1,
        ["FromMicroseconds"] = TimeSpan.TicksPerMillisecond / 1000,
        ["FromMilliseconds"] = TimeSpan.TicksPerMillisecond,
        ["FromSeconds"] = TimeSpan.TicksPerSecond,
        ["FromMinutes"] = TimeSpan.TicksPerMinute,
        ["FromHours"] = TimeSpan.TicksPerHour,
        ["FromDays"] = TimeSpan.TicksPerDay,
    };

    public static TimeSpan? Of(IOperation value) => value switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true } method } call when IsTimeSpan(method.ContainingType) =>
            TicksPer.TryGetValue(method.Name, out var ticks) ? Multiply(call, ticks) : null,
        IFieldReferenceOperation { Field: { IsStatic: true } field } => Named(field),
        IObjectCreationOperation { Arguments.Length: 3 } creation when IsTimeSpan(creation.Type) => Clock(creation),
        _ => null,
    };

    private static TimeSpan? Multiply(IInvocationOperation call, long ticks)
    {
        // The newer overloads have more parameters. A call that passes one argument leaves the others zero.
        var given = call.Arguments.Where(static argument => argument.ArgumentKind == ArgumentKind.Explicit).ToList();
        return given.Count == 1 ? FromTicks(Number(given[0].Value) * ticks) : null;
    }

    private static TimeSpan? Named(IFieldSymbol field) => (field.ContainingType.GetFullMetadataName(), field.Name) switch
    {
        ("System.TimeSpan", "Zero") => TimeSpan.Zero,
        ("System.TimeSpan", "MaxValue") => TimeSpan.MaxValue,
        ("System.TimeSpan", "MinValue") => TimeSpan.MinValue,
        ("System.Threading.Timeout", "InfiniteTimeSpan") => Timeout.InfiniteTimeSpan,
        _ => null,
    };

    private static TimeSpan? Clock(IObjectCreationOperation creation)
    {
        var arguments = creation.Arguments.OrderBy(static argument => argument.Parameter?.Ordinal);
        var parts = arguments.Select(static argument => Number(argument.Value)).ToList();
        return FromTicks(((parts[0] * 3600) + (parts[1] * 60) + parts[2]) * TimeSpan.TicksPerSecond);
    }

    private static TimeSpan? FromTicks(double? ticks) =>
        Math.Abs(ticks ?? double.NaN) < long.MaxValue ? TimeSpan.FromTicks((long)ticks!) : null;

    private static double? Number(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: IConvertible number and not (string or char or bool) } } =>
            number.ToDouble(CultureInfo.InvariantCulture),
        IConversionOperation conversion => Number(conversion.Operand),
        _ => null,
    };

    private static bool IsTimeSpan(ITypeSymbol? type) => (type as INamedTypeSymbol)?.GetFullMetadataName() == "System.TimeSpan";
}
