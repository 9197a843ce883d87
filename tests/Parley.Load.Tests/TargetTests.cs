using Parley.Load.Running;

namespace Parley.Load.Tests;

public class TargetTests
{
    [Theory]
    [InlineData("127.0.0.1:5050", "127.0.0.1:5050")]
    [InlineData("127.4.5.6:80", "127.4.5.6:80")]
    [InlineData("[::1]:5050", "[::1]:5050")]
    public void A_loopback_address_is_a_target(string text, string expected) => Assert.Equal(expected, Target.Parse(text).ToString());

    [Theory]
    [InlineData("192.0.2.1:5050")]
    [InlineData("0.0.0.0:5050")]
    [InlineData("[2001:db8::1]:5050")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:70000")]
    public void Anything_else_is_refused(string text) => Assert.Throws<ArgumentException>(() => Target.Parse(text));
}
