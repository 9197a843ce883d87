using System.Text.Json;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Tests.Wire;

public sealed class UserIdsTests
{
    [Fact]
    public void The_same_people_are_equal()
    {
        Assert.Equal(UserIds.Of(new UserId(2), new UserId(5)), UserIds.Of(new UserId(2), new UserId(5)));
        Assert.Equal(UserIds.Of(new UserId(2), new UserId(5))?.GetHashCode(), UserIds.Of(new UserId(2), new UserId(5))?.GetHashCode());
        Assert.NotEqual(UserIds.Of(new UserId(2)), UserIds.Of(new UserId(2), new UserId(5)));
    }

    [Fact]
    public void Nobody_is_null()
    {
        Assert.Null(UserIds.Of());
        Assert.Null(UserIds.Parse(""));
        Assert.Null(JsonSerializer.Deserialize("[]", ProtocolJson.Default.UserIds));
    }

    [Fact]
    public void Its_text_is_read_again() => Assert.Equal("2,5", UserIds.Parse("2,5")?.ToString());

    [Theory]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("[2.5]")]
    [InlineData("[[2]]")]
    [InlineData("""["2"]""")]
    public void Anything_else_is_no_list_of_people(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ProtocolJson.Default.UserIds));
}
