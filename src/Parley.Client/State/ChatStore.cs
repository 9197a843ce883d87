namespace Parley.Client.State;

/// <summary>
/// The one owner of the <see cref="ChatState"/> of one account on one server. Anybody may read <see cref="State"/> on any thread, at any time, without a
/// lock; only the client changes it.
/// </summary>
public sealed class ChatStore
{
    private readonly Subscribers _subscribers = new();
    private readonly Lock _gate = new();
    private volatile ChatState _state;

    /// <summary>A store that starts with nothing.</summary>
    public ChatStore() : this(ChatState.Empty)
    {
    }

    /// <summary>A store that starts with a given state: the local mirror's, or a test's.</summary>
    public ChatStore(ChatState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = state;
    }

    /// <summary>The state now.</summary>
    public ChatState State => _state;

    /// <summary>
    /// Calls <paramref name="onChange"/> after each change, or once after several, until the result is disposed. It is called on a thread of the pool,
    /// never two calls at once and never on the loop that reads the connection. It must neither block nor throw; it may be late, so it reads
    /// <see cref="State"/> and draws that.
    /// </summary>
    public IDisposable Subscribe(Action onChange) => _subscribers.Add(onChange);

    /// <summary>Replaces the state by <paramref name="change"/> of it, a pure function, and tells the subscribers where that is another one.</summary>
    internal ChatState Update(Func<ChatState, ChatState> change)
    {
        ChatState state;
        lock (_gate)
        {
            state = change(_state);
            if (ReferenceEquals(state, _state))
                return state;
            _state = state;
        }

        _subscribers.Notify();
        return state;
    }

    /// <summary>Whether the subscribers have yet to hear of a change.</summary>
    internal bool IsNotifying => _subscribers.IsNotifying;

    /// <summary>Waits until the state is as wished.</summary>
    /// <exception cref="Connection.ConnectionLostException">The connection that would have brought it ended first.</exception>
    internal async Task WaitForAsync(Func<ChatState, bool> isSo, CancellationToken connectionEnded, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Subscribe(Look);
        using var ended = connectionEnded.Register(() => found.TrySetException(new Connection.ConnectionLostException()));
        Look();
        await found.Task.WaitAsync(cancellationToken).ConfigureAwait(false);

        void Look()
        {
            if (isSo(State))
                found.TrySetResult();
        }
    }
}
