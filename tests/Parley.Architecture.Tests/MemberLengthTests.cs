namespace Parley.Architecture.Tests;

/// <summary>The ruler itself: one that finds nothing would let everything pass.</summary>
public sealed class MemberLengthTests
{
    private const string Source = """"
        namespace A;

        internal sealed record B(int X) : C("{")
        {
            private readonly int[] _table = F(
                1,
                2);

            public B() : this(1)
            {
            }

            /* { */
            public async Task<T> LongAsync<T>(
                int y = '{')
                where T : class
            {
                if (y > 0)
                {
                    var text = $"{y} }";
                    // }
                }
                return """
                    }
                    """;
            }

            public int Short() => 1;

            public int Expression(int z) =>
                z switch
                {
                    0 => 1,
                    _ => 2,
                };

            public int Property { get; set; }

            private static class D
            {
                public static void Inner()
                {
                }
            }
        }
        """";

    [Fact]
    public void The_methods_of_a_file_are_found_with_their_lengths()
    {
        var found = MemberLength.Of(Source).Select(m => (m.Line, m.LineCount));

        Assert.Equal([(9, 3), (14, 13), (28, 1), (30, 6), (41, 3)], found.Distinct().Where(m => m.LineCount > 0).OrderBy(m => m.Line));
    }

    [Fact]
    public void Some_method_of_this_file_is_found() =>
        Assert.Contains(MemberLength.Of(SourceFile.All.Single(f => f.Name.EndsWith("/MemberLengthTests.cs", StringComparison.Ordinal)).Text),
            m => m.Header.Contains(nameof(Some_method_of_this_file_is_found), StringComparison.Ordinal));
}
