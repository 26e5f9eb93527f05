namespace Chat;

// Breaks rules: its senders are declared, and that is all.
[BroadcastEvent]
public interface IChatEvents
{
    int Count { get; }

    void Ping(object value, string text = "hi");

    Task<int> Vote(string question);

    void Swap(ref int value);
}
