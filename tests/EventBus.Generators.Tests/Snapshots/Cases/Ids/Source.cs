using EventBus;

[assembly: SingleValue(typeof(Shop.Marked<>))]

namespace Shop
{
    [BroadcastEvent]
    public interface IOrderEvents
    {
        Task<OrderId> Placed(OrderId? id, Dictionary<ArticleNumber, Marked<OrderId>> articles, Sale sale);
    }

    [SingleValue]
    public readonly record struct OrderId(Guid Value);

    [SingleValue]
    public sealed record ArticleNumber
    {
        private ArticleNumber(string text) => Text = text;

        public string Text { get; }

        public bool IsShort => Text.Length < 4;

        public static ArticleNumber Create(string text) => new(text);

        public static ArticleNumber Parse(string text) => new(text.Trim());
    }

    public readonly record struct Marked<T>(int @class);

    public record Sale(ArticleNumber? Article, OrderId Id = default);
}
