using Microsoft.AspNetCore.Components;
using Parley.Client;
using Parley.Client.State;

namespace Parley.UI.State;

/// <summary>
/// A component that draws one slice of the <see cref="ChatState"/>: it is drawn again when that slice is another object, and at most once a frame,
/// and ten times a second while the state goes on changing.
/// </summary>
public abstract class StateComponent<TSlice> : ComponentBase, IDisposable
{
    // One frame at 60 Hz. While changes keep coming, the pause before each draw doubles, up to the slowest pace, which still looks immediate: drawing a busy
    // room 60 times a second would use most of the processor.
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan SlowestPace = TimeSpan.FromMilliseconds(100);

    private IDisposable? _subscription;
    private IDisposable? _members;
    private ChatClient? _subscribed;
    private ITimer? _timer;
    private TimeSpan _pace = Frame;
    private long _drawnAt;
    private int _waiting;
    private bool _isFirst = true;
    private bool _disposed;

    /// <summary>The client of the account that is logged in.</summary>
    [CascadingParameter]
    public required ChatClient Client { get; set; }

    /// <summary>The account itself, for its clock and its verbs.</summary>
    [CascadingParameter]
    public required Account Account { get; set; }

    /// <summary>What is drawn.</summary>
    protected TSlice Slice { get; private set; } = default!; // Set before the first render, in OnInitialized.

    /// <inheritdoc/>
    // A component whose OnInitializedAsync waits is drawn before its OnParametersSet.
    protected override void OnInitialized() => Refresh();

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_subscribed != Client)
        {
            Unsubscribe();
            _subscribed = Client;
            _subscription = Client.Store.Subscribe(OnStateChanged);
            _members = UsesMembers ? Client.Members.Subscribe(OnStateChanged) : null;
        }

        var isFirst = _isFirst;
        _isFirst = false;
        var slice = Select(Client.Store.State);
        if (isFirst || !EqualityComparer<TSlice>.Default.Equals(slice, Slice))
            SetSlice(slice, isFirst);
    }

    /// <summary>Whether what is drawn comes from <see cref="ChatClient.Members"/>, too.</summary>
    protected virtual bool UsesMembers => false;

    /// <summary>
    /// Selects what is drawn, and changes nothing. It must return the same object, or an equal value, where nothing changed for it. It is called for each
    /// change of the state, also where nothing is drawn after it.
    /// </summary>
    protected abstract TSlice Select(ChatState state);

    /// <summary>Called when the slice is another one, before it is drawn.</summary>
    protected virtual void OnSliceChanged()
    {
    }

    /// <summary>Picks the slice again, where something other than the state has changed.</summary>
    protected void Refresh() => Slice = Select(Client.Store.State);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the subscription.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        Unsubscribe();
        _timer?.Dispose();
    }

    private void Unsubscribe()
    {
        _subscription?.Dispose();
        _members?.Dispose();
    }

    // On any thread. A change while a draw is waiting is part of that draw.
    private void OnStateChanged()
    {
        if (_disposed || Interlocked.Exchange(ref _waiting, 1) != 0)
            return;
        var rest = _pace - Account.Time.GetElapsedTime(Volatile.Read(ref _drawnAt));
        if (rest <= TimeSpan.Zero)
            DrawSoon();
        else if (_timer is null)
            _timer = Account.Time.CreateTimer(static component => ((StateComponent<TSlice>?)component)?.DrawSoon(), this, rest, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(rest, Timeout.InfiniteTimeSpan);
    }

    private void DrawSoon() => InvokeAsync(Draw).ReportFault(DispatchExceptionAsync);

    private void Draw()
    {
        Volatile.Write(ref _waiting, 0);
        if (_disposed)
            return;
        var slice = Select(Client.Store.State);
        if (EqualityComparer<TSlice>.Default.Equals(slice, Slice))
            return;
        UpdatePace();
        SetSlice(slice, isFirst: false);
        StateHasChanged();
    }

    private void UpdatePace()
    {
        var isStream = Account.Time.GetElapsedTime(_drawnAt) <= 2 * _pace;
        _pace = isStream ? TimeSpan.FromTicks(Math.Min(2 * _pace.Ticks, SlowestPace.Ticks)) : Frame;
        Volatile.Write(ref _drawnAt, Account.Time.GetTimestamp());
    }

    private void SetSlice(TSlice slice, bool isFirst)
    {
        Slice = slice;
        if (!isFirst)
            OnSliceChanged();
    }
}
