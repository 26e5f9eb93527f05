using EventBus.Transport.Sql;

namespace EventBus.Tests.Transport;

public sealed class AttachmentSchemaTests
{
    [Theory]
    [InlineData("table", null)]
    [InlineData("app.table", "\"app\"")]
    public void SchemaName_is_the_one_of_the_option(string option, string? expected) =>
        Assert.Equal(expected, new AttachmentSchema(option).SchemaName);

    [Theory]
    [InlineData("public.attachments", "public")]
    [InlineData("\"a.b\".\"c.d\"", "\"a.b\"")]
    [InlineData("\"a\"\".b\".c", "\"a\"\".b\"")]
    public void SchemaName_is_the_one_of_the_table_that_was_found(string found, string expected)
    {
        var schema = new AttachmentSchema("attachments");
        schema.Found(found);
        Assert.Equal(expected, schema.SchemaName);
    }
}
