namespace EventBus.SampleContracts;

/// <summary>Inherits a private setter.</summary>
public sealed class Savings : Deposit
{
    /// <summary>Its own.</summary>
    public double Rate { get; set; }

    /// <summary>Saves.</summary>
    public Savings Save(decimal amount)
    {
        Add(amount);
        return this;
    }
}

/// <summary>Has a private setter that a derived class inherits.</summary>
public abstract class Deposit
{
    /// <summary>Set privately.</summary>
    public decimal Sum { get; private set; } = 1;

    /// <summary>Adds.</summary>
    protected void Add(decimal amount) => Sum += amount;
}
