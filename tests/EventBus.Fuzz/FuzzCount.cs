namespace EventBus.Fuzz;

/// <summary>The results of the messages of one encoding.</summary>
internal sealed class FuzzCount
{
    public long Accepted { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>The most bytes that the decoder allocated for a message.</summary>
    public long MostAllocated { get; private set; }

    /// <summary>The length of that message.</summary>
    public int MostAllocatedFor { get; private set; }

    public void Add(bool isAccepted, long allocated, int length)
    {
        if (isAccepted)
            Accepted++;
        else
            Rejected++;
        if (allocated <= MostAllocated)
            return;
        MostAllocated = allocated;
        MostAllocatedFor = length;
    }

    public override string ToString() =>
        $"{Accepted + Rejected:N0} messages, {Accepted:N0} accepted, {Rejected:N0} rejected; "
        + $"at most {MostAllocated:N0} bytes allocated, for {MostAllocatedFor:N0}";
}
