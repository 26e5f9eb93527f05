using EventBus.AotTests.Contracts;

namespace EventBus.AotTests;

/// <summary>The form in which a node sends events.</summary>
internal enum Form
{
    /// <summary>In the notification, as JSON, if it has no binary.</summary>
    Inline,

    /// <summary>In the table, as MessagePack: every event is above the threshold.</summary>
    Attached,
}

/// <summary>A node that forwards the events of all contracts, and sends them to another node.</summary>
internal sealed class Node : IAsyncDisposable
{
    private const int LeastThreshold = 128;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IEventBus _bus;
    private readonly Backplane _backplane;
    private readonly Form _form;

    private Node(IEventBus bus, Backplane backplane, Form form)
    {
        _bus = bus;
        _backplane = backplane;
        _form = form;
    }

    public static async Task<Node> StartAsync(Backplane backplane, string name, Form form)
    {
        var bus = await backplane.StartNodeAsync(Options(form));
        foreach (var suite in AllContracts.Suites)
            await suite.HandleAsync(bus, NameOf(name, form));
        return new Node(bus, backplane, form);
    }

    /// <summary>Sends every event in every way to the node of that name that has the same form.</summary>
    /// <returns>The methods that were called: <c>Namespace.IContract.Method</c>.</returns>
    public async Task<IReadOnlyList<string>> PlayAsync(string peer, string title, Report report)
    {
        var called = new List<string>();
        foreach (var suite in AllContracts.Suites)
        {
            await report.CheckAsync($"{title}, {_form}: {suite.Contract}", async () =>
            {
                var result = await suite.PlayAsync(_bus, NameOf(peer, _form));
                called.AddRange(result.Called.Select(method => $"{suite.Contract}.{method}"));
                if (_backplane.DataSource is not null)
                    report.AddSent($"{suite.Contract}, {_form}", string.Join("; ", result.Sent));
            });
        }

        var ways = new Ways(_bus, _backplane, Options(_form), NameOf(peer, _form));
        foreach (var (name, check) in ways.All)
            await report.CheckAsync($"{title}, {_form}: {name}", check);
        return called;
    }

    public ValueTask DisposeAsync() => _bus.DisposeAsync();

    private static EventBusOptions Options(Form form)
    {
        var options = new EventBusOptions { RequestsTimeout = Patience };
        if (form == Form.Attached)
            options.PayloadThreshold = LeastThreshold;
        return options;
    }

    private static string NameOf(string name, Form form) => $"{name}.{form}";
}
