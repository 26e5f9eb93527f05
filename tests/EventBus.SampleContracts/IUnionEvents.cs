namespace EventBus.SampleContracts;

/// <summary>Unions, and types that hold themselves.</summary>
[BroadcastEvent]
public interface IUnionEvents
{
    /// <summary>Cases have text or a number as discriminator.</summary>
    void Moved(Animal animal, IReadOnlyList<Animal?> others);

    /// <summary>A case alone is written without a discriminator.</summary>
    void Barked(Dog dog);

    /// <summary>An interface, another name for the discriminator, and a struct among the cases.</summary>
    void Paid(IPayment payment);

    /// <summary>A class that may be sent itself, with or without a discriminator.</summary>
    void Drawn(Shape shape);

    /// <summary>A tree of unions.</summary>
    void Computed(Expression expression);
}
