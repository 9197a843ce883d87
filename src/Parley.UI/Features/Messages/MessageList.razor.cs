using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.Features.Members;
using Parley.UI.Features.Notifications;
using Parley.UI.Interop;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>
/// The history of one room: a window over its log that stays at the present or where the reader is, loads what is older as the reader comes near,
/// and never moves what is being read. One instance a room. What lies in the page is <see cref="LogWindow"/>'s to say; where it lies on the
/// screen is the module's.
/// </summary>
public sealed partial class MessageList : IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private RoomLog _log = RoomLog.Empty;
    private LogWindow _window = new(1, 0, IsLive: true);
    private IReadOnlyList<MessageListRow> _rows = [];
    private ElementReference _viewport;
    private ElementReference _content;
    private ElementReference _reserve;
    private DomModule? _module;
    private DotNetObjectReference<MessageList>? _self;
    private ReadingPlace? _restore;
    private LogHold? _hold;
    private long? _lastRead;
    private long _seenNumber;
    private bool _isAtBottom = true;
    private bool _windowHasFocus;
    private bool _isLoading;
    private bool _isOpened;
    private bool _isJumping;
    private string? _jumpProblem;

    /// <summary>The room.</summary>
    [Parameter, EditorRequired]
    public ChannelId Id { get; set; }

    [CascadingParameter]
    public required UiState Ui { get; set; }

    [Inject]
    public required NotificationWatch Notifications { get; set; }

    [Inject]
    public required IdleWatch Idle { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    // Somebody is there, and the window is in front.
    private bool IsBeforeEyes => _windowHasFocus && !Idle.IsIdle;

    private int Today => DateOnly.FromDateTime(Account.Time.GetLocalNow().DateTime).DayNumber;

    private bool HasOlder => _window.IsEmpty ? _log.LastNumber > 0 : _window.First > 1;

    // One's own words are never new.
    private bool IsNews(Message message) => LogWindow.IsShown(message) && message.AuthorId != Slice.User?.Id;

    private bool MeansMe(Message message) => Slice.User is { } user && message.Mentions?.Contains(user.Id) == true;

    // Where not all of it is in memory, the read position knows.
    private int NewerUnseen => _seenNumber <= 0 || _seenNumber >= _log.LastNumber ? 0
        : _log.LatestRun is { } run && run.First <= _seenNumber + 1 ? _log.MessagesIn(run, _seenNumber + 1, run.Last).Count(IsNews)
        : Client.Store.State.ReadPositionOf(Id).Unread;

    /// <inheritdoc/>
    protected override LogSlice Select(ChatState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new LogSlice(state.LogOf(Id), state.OutboxOf(Id), state.User, state.Connection is ConnectionStatus.Connected);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (_isOpened)
            return;
        _isOpened = true;
        Idle.Changed += OnIdleChanged;
        var read = Client.Store.State.ReadPositionOf(Id);
        _lastRead = read.Unread > 0 ? read.Number : null;
        _hold = Client.Hold(Id);
        _log = Slice.Log;
        var window = Ui.PlaceOf(Id) is { } place ? LogWindow.Around(_log, place.Number) : null;
        _restore = window is null ? null : Ui.PlaceOf(Id);
        _isAtBottom = _restore is null;
        _window = window ?? LogWindow.AtPresent(_log);
        _seenNumber = _log.LastNumber;
        BuildRows();
        LoadLatestAsync().ReportFault(DispatchExceptionAsync);
    }

    /// <inheritdoc/>
    protected override void OnSliceChanged()
    {
        _log = Slice.Log;
        var hadLatest = _window.IsLive && !_window.IsEmpty;
        _window = _window.Follow(_log, _isAtBottom);
        if (_isAtBottom && _window.IsLive)
            _seenNumber = _log.LastNumber;
        // What comes while nobody looks stands below a line, until the conversation is opened anew or looked away from once more.
        if (!IsBeforeEyes && Client.Store.State.ReadPositionOf(Id) is { Unread: > 0 } read && (_lastRead ?? -1) < read.Number)
            _lastRead = read.Number;
        BuildRows();
        MarkReadWhereSeen();
        // Back from a break: what was missed comes in at the present, or as a gap to be loaded when the reader goes there.
        if (Slice.IsConnected && hadLatest && _log.LatestRun is null)
            LoadLatestAsync().ReportFault(DispatchExceptionAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new DomModule(JS, "./_content/Parley.UI/Features/Messages/MessageList.razor.js");
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("attach", _viewport, _content, _reserve, _self, _restore?.Number, _restore?.Offset);
    }

    /// <summary>The reader comes near the upper end of what is in the page.</summary>
    /// <returns>Whether more came in.</returns>
    [JSInvokable]
    public async Task<bool> ShowOlderAsync()
    {
        // Who looks at the present keeps it: in a very tall window the upper end is near at the lower one, too.
        if (_isAtBottom && _window.IsLive && _window.IsFull(_log))
            return false;
        return await MoveAsync(window => window.Older(_log), (run, gone) => run.First > 1 ? Client.LoadOlderAsync(Id, run.First, gone) : Task.CompletedTask);
    }

    /// <summary>The reader comes near the lower end of what is in the page.</summary>
    /// <returns>Whether more came in.</returns>
    [JSInvokable]
    public Task<bool> ShowNewerAsync() =>
        MoveAsync(
            window => window.Newer(_log),
            (run, gone) => run.Last < _log.LastNumber ? Client.LoadNewerAsync(Id, run.Last, gone) : Task.CompletedTask);

    /// <summary>The reader stopped somewhere.</summary>
    /// <param name="number">The first message in view; null at the lower end.</param>
    /// <param name="offset">Its distance from the upper edge.</param>
    [JSInvokable]
    public void StopAt(long? number, double offset)
    {
        var wasAtBottom = _isAtBottom;
        _isAtBottom = number is null;
        Ui.SavePlace(Id, number is { } first ? new ReadingPlace(first, offset) : null);
        if (_isAtBottom && _window.IsLive)
            _seenNumber = _log.LastNumber;
        MarkReadWhereSeen();
        if (wasAtBottom != _isAtBottom)
            StateHasChanged();
    }

    /// <summary>The window came to the front, or went away from it.</summary>
    [JSInvokable]
    public void OnWindowFocusChanged(bool hasFocus)
    {
        _windowHasFocus = hasFocus;
        MarkReadWhereSeen();
    }

    /// <summary>Shows the present: for one's own words, and for the button that says so.</summary>
    public async Task JumpToPresentAsync()
    {
        _isAtBottom = true;
        if (!_window.IsLive)
            _window = LogWindow.AtPresent(_log);
        _seenNumber = _log.LastNumber;
        BuildRows();
        StateHasChanged();
        await Task.Yield(); // What is pressed is drawn only after this: told before, the page would go to the end of the rows that it has, and stay with those.
        if (_module is not null)
            await _module.InvokeVoidAsync("toPresent", _viewport);
        MarkReadWhereSeen();
        await LoadLatestAsync();
    }

    /// <summary>Asks where to.</summary>
    public void OpenJump()
    {
        _isJumping = true;
        _jumpProblem = null;
        StateHasChanged();
    }

    /// <summary>Shows the first message of a day or later.</summary>
    /// <param name="day">The day, as the reader's clock has it; null for the present.</param>
    public async Task JumpToAsync(DateOnly? day)
    {
        long? number = day == DateOnly.MinValue && _log.LastNumber > 0 ? 1 : null;
        if (day is { } wanted && wanted != DateOnly.MinValue
            && !(await Client.FindAsync(Id, StartOf(wanted), _gone.Token)).TryGet(out number, out var refusal))
        {
            _jumpProblem = Sentences.Of(refusal); // Nobody said that nothing was said since: the reader stays.
            return;
        }

        _isJumping = false;
        if (number is not { } found)
        {
            await JumpToPresentAsync();
            return;
        }

        using var target = Client.Hold(Id); // Two places at once: this one must not go before the list is there.
        target.Show(found, found);
        await LoadAsync(gone => Client.LoadAroundAsync(Id, found, gone));
        _log = Client.Store.State.LogOf(Id);
        if (LogWindow.Around(_log, found) is not { } window)
            return;
        _window = window;
        _isAtBottom = false;
        BuildRows();
        StateHasChanged();
        if (_module is not null)
            await _module.InvokeVoidAsync("toNumber", _viewport, found);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Idle.Changed -= OnIdleChanged;
        _hold?.Dispose();
        await _gone.CancelAsync();
        Notifications.Watch(this, Client, null);
        Dispose();
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("sweep");
            await _module.DisposeAsync();
        }

        _self?.Dispose();
        _gone.Dispose();
    }

    // The button that says so is gone then.
    private async Task LeaveForPresentAsync()
    {
        await JumpToPresentAsync();
        Ui.AskComposer();
    }

    // First what is in memory, then what the mirror holds, connection or not, then what the server has.
    private async Task<bool> MoveAsync(Func<LogWindow, LogWindow> move, Func<LogRun, CancellationToken, Task> load)
    {
        var before = _window;
        _window = move(_window);
        if (_window == before && _window.RunIn(_log) is { } run)
        {
            await LoadAsync(gone => load(run, gone));
            _log = Client.Store.State.LogOf(Id);
            _window = move(_window.Follow(_log, _isAtBottom));
        }

        if (_window == before)
            return false;
        BuildRows();
        StateHasChanged();
        return true;
    }

    private DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Account.Time.LocalTimeZone.GetUtcOffset(midnight));
    }

    private Task LoadLatestAsync() => LoadAsync(gone => Client.LoadLatestAsync(Id, gone));

    private async Task LoadAsync(Func<CancellationToken, Task> load)
    {
        _isLoading = true;
        try
        {
            await load(_gone.Token);
        }
        catch (ConnectionLostException)
        {
            // The banner says so; the reader's next move, or the connection's return, asks again.
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // Another room is in view.
        }
        finally
        {
            _isLoading = false;
            if (!_gone.IsCancellationRequested)
                StateHasChanged();
        }
    }

    private void BuildRows()
    {
        _hold?.Show(_window.First, _window.Last);
        var pending = _window.IsLive ? Slice.Outbox.OfType<PendingMessage>() : [];
        _rows = MessageListRows.Build(_log, _window, _lastRead, pending, Slice.User, Account.Time.LocalTimeZone);
    }

    private void OnIdleChanged() => InvokeAsync(MarkReadWhereSeen).ReportFault(DispatchExceptionAsync);

    // Read is what stood before the eyes: the present, in a window that is in front, while somebody is there. Changes are not told to the server one by one,
    // unless one means the user, whose sign would stay otherwise.
    private void MarkReadWhereSeen()
    {
        var isSeen = IsBeforeEyes && _isAtBottom && _window.IsLive;
        Notifications.Watch(this, Client, isSeen ? Id : null);
        var position = Client.Store.State.ReadPositionOf(Id);
        if (isSeen && _window.Last > position.Number && _window.RunIn(_log) is { Rows: [.., var last] }
            && (last.Number > position.Number || position.Mentions > 0))
            Client.MarkRead(Id, _window.Last);
    }

    /// <summary>What the list draws.</summary>
    public readonly record struct LogSlice(RoomLog Log, ImmutableArray<OutboxEntry> Outbox, SelfState? User, bool IsConnected);
}
