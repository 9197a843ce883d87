namespace Parley.Client.State;

/// <summary>
/// The one owner of the <see cref="ChatState"/> of one account on one server. Anybody may read <see cref="State"/> on any thread, at any time, without a
/// lock; only the client changes it.
/// </summary>
public sealed class ChatStore
{
    // How far the subscribers are with what was changed.
    private const int AtRest = 0;
    private const int Telling = 1;
    private const int ChangedMeanwhile = 2;

    private readonly Lock _gate = new();
    private volatile ChatState _state;
    private int _telling;
    private volatile Subscription[] _subscriptions = [];

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
    /// Calls <paramref name="onChange"/> after each change, or once after several, until the result is disposed. It is called on a thread of the pool, never two calls
    /// at once and never on the loop that reads the connection. It must neither block nor throw; it may be late, so it reads <see cref="State"/> and draws that.
    /// </summary>
    public IDisposable Subscribe(Action onChange)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        var subscription = new Subscription(this, onChange);
        lock (_gate)
            _subscriptions = [.. _subscriptions, subscription];
        return subscription;
    }

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

        if (Interlocked.Exchange(ref _telling, ChangedMeanwhile) == AtRest)
            ThreadPool.UnsafeQueueUserWorkItem(static store => store.Tell(), this, preferLocal: false);
        return state;
    }

    /// <summary>Whether the subscribers have yet to hear of a change.</summary>
    internal bool IsTelling => Volatile.Read(ref _telling) != AtRest;

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

    private void Tell()
    {
        do
        {
            Volatile.Write(ref _telling, Telling);
            foreach (var subscription in _subscriptions)
                subscription.OnChange();
        }
        while (Interlocked.CompareExchange(ref _telling, AtRest, Telling) != Telling);
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
    }

    private sealed class Subscription(ChatStore store, Action onChange) : IDisposable
    {
        internal Action OnChange { get; } = onChange;

        public void Dispose() => store.Remove(this);
    }
}
