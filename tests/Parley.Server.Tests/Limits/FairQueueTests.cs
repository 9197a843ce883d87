using Parley.Server.Scheduling;

namespace Parley.Server.Tests.Limits;

/// <summary>
/// The contract that writes and passwords wait by: each key's pieces in their order, the keys in turn, and nothing kept of a key with nothing in it.
/// </summary>
public sealed class FairQueueTests
{
    private readonly FairQueue<string, string> _queue = new();

    [Fact]
    public void Nobodys_second_piece_goes_before_anothers_first()
    {
        Enqueue("a1", "a2", "a3", "b1", "c1", "b2");

        Assert.Equal(["a1", "b1", "c1", "a2", "b2", "a3"], TakeAll());
    }

    [Fact]
    public void Who_comes_while_another_is_served_waits_for_one_piece_of_each()
    {
        Enqueue("a1", "a2", "a3", "b1", "b2");
        Assert.Equal(["a1", "b1"], Take(2));

        Enqueue("c1");

        Assert.Equal(["a2", "b2", "c1", "a3"], TakeAll());
    }

    [Fact]
    public void No_stream_of_new_keys_holds_anybody_up()
    {
        Enqueue("a1", "a2");
        Assert.Equal(["a1"], Take(1));

        Enqueue("b1", "c1", "d1");

        Assert.Equal(["a2"], Take(1));
    }

    [Fact]
    public void Who_asks_again_as_soon_as_it_was_served_goes_behind_the_others()
    {
        Enqueue("a1", "b1", "b2");
        Assert.Equal(["a1"], Take(1));

        Enqueue("a2");

        Assert.Equal(["b1", "a2", "b2"], TakeAll());
    }

    [Fact]
    public void Whatever_is_added_and_taken_each_keys_pieces_keep_their_order_and_none_is_lost()
    {
        var random = new Random(7);
        var added = new int[5];
        var taken = new int[5];
        for (var step = 0; step < 20_000; step++)
        {
            if (random.Next(100) < (step < 10_000 ? 60 : 40))
            {
                var key = random.Next(5);
                _queue.Enqueue($"{key}", $"{key}:{++added[key]}");
            }
            else if (_queue.TryDequeue(out var piece))
            {
                var key = piece[0] - '0';
                Assert.Equal($"{key}:{++taken[key]}", piece);
            }

            Assert.Equal(added.Sum() - taken.Sum(), _queue.Count);
        }
    }

    [Fact]
    public void A_key_with_nothing_in_it_is_forgotten()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _queue.Enqueue($"{i}", "piece");
            Assert.True(_queue.TryDequeue(out _));
        }

        Assert.Equal((0, 0), (_queue.Keys, _queue.Count));
        Assert.False(_queue.TryDequeue(out _));
    }

    [Fact]
    public void Where_there_is_no_room_the_last_piece_of_whoever_has_the_most_goes()
    {
        Enqueue("a1", "a2", "a3", "b1", "b2");

        Assert.True(_queue.TryEvict("c", out var dropped));

        Assert.Equal("a3", dropped);
        Assert.Equal(["a1", "b1", "a2", "b2"], TakeAll());
    }

    [Fact]
    public void Who_has_the_most_gets_no_room_from_others_and_nobody_is_left_with_less_than_the_newcomer()
    {
        Enqueue("a1", "a2", "b1");

        Assert.False(_queue.TryEvict("a", out _));
        Assert.False(_queue.TryEvict("b", out _));
        Assert.True(_queue.TryEvict("c", out _));
        Assert.False(_queue.TryEvict("c", out _));
    }

    [Fact]
    public void The_last_pieces_go_from_the_longest_first_and_the_turns_of_the_others_stand()
    {
        Enqueue("a1", "b1", "b2", "c1");
        List<string> dropped = [];
        for (var i = 0; i < 2; i++)
            dropped.Add(_queue.TryDropLast(out var piece) ? piece : "nothing");

        Assert.Equal(["b2", "a1"], dropped);
        Assert.Equal(["b1", "c1"], TakeAll());
        Assert.False(_queue.TryDropLast(out _));
        Assert.Equal((0, 0), (_queue.Keys, _queue.Count));
    }

    private void Enqueue(params string[] pieces)
    {
        foreach (var piece in pieces)
            _queue.Enqueue(piece[..1], piece);
    }

    private List<string> TakeAll() => Take(_queue.Count);

    private List<string> Take(int count)
    {
        List<string> taken = [];
        for (var i = 0; i < count; i++)
            taken.Add(_queue.TryDequeue(out var piece) ? piece : "nothing");
        return taken;
    }
}
